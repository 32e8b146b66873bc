"""A segment: what it is called, who is in it, and who may use it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.columns import ColumnsWidget, in_order
from crm_config.forms.conditions import condition_field
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, is_key
from crm_config.models import Role, Segment, User
from crm_config.segments import defining, find_named, said
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key

NAMES = ("labels", "description", "kind", "condition", "roles", "keepers", "columns", "tracks")


class SegmentForm(forms.Form):
    """`segment` is the one to be changed, None for a new one."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Who is in it"), choices=Segment.Kind.choices, widget=forms.RadioSelect
    )
    tracks = forms.BooleanField(
        label=_("Keep who entered and left"),
        required=False,
        help_text=_(
            "By comparing its records once a day. What people add and take out is always kept."
        ),
    )

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        segment: Segment | None = None,
        **kwargs: Any,
    ) -> None:
        self.languages, self.segment = languages, segment
        self.record_type, self.snapshot = record_type, snapshot
        kwargs["initial"] = (
            {name: getattr(segment, name) for name in NAMES} if segment else {"kind": "dynamic"}
        )
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        self.fields["description"] = LabelsField(
            label=_("Description"), languages=languages, rows=2, required=False
        )
        if segment is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=MAX_KEY,
                required=False,
                help_text=_(
                    "By it, files, addresses and rules know the segment. It never changes."
                ),
            )
        self.fields["condition"] = condition_field(
            record_type=record_type,
            snapshot=snapshot,
            user=user,
            purpose="segment",
            required=False,
            allow_constant=True,
            label=_("Condition"),
            help_text=_("The same for everybody: it may ask about dates, not about who is asking."),
        )
        self._roles(
            "roles",
            _("Shared with"),
            _(
                "They may use it even where it asks about fields that they may not read. With nobody "
                "ticked: everybody who may read all that it asks about."
            ),
        )
        self._roles(
            "keepers",
            _("Its list is kept by"),
            _("With nobody ticked: by everybody who may use it and change records of its type."),
        )
        self.fields["columns"] = forms.MultipleChoiceField(
            label=_("Columns of its list"),
            choices=in_order(record_type, self._chosen()),
            widget=ColumnsWidget,
            required=False,
            help_text=_("With nothing ticked: those of the type's list."),
        )
        self.order_fields(["labels", "key", *NAMES[1:]])

    def _chosen(self) -> Sequence[str]:
        """In the order in which the boxes stood."""
        if self.is_bound:
            name = self.add_prefix("columns")
            return ColumnsWidget().value_from_datadict(self.data, self.files, name) or []
        return self.segment.columns if self.segment else []

    def _roles(self, name: str, label: Any, help_text: Any) -> None:
        roles = [(role.key, role.label) for role in Role.in_use.order_by("key")]
        self.fields[name] = forms.MultipleChoiceField(
            label=label,
            choices=roles,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=help_text,
        )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        taken = set(Segment.objects.values_list("key", flat=True))
        if not key:
            name = label_here(self.cleaned_data.get("labels"))
            return propose_key(name, taken=taken, fallback="segment")
        if not is_key(key):
            raise ValidationError(
                _("Use small letters, digits and single underscores, starting with a letter."),
                code="key",
            )
        if key in taken:
            raise ValidationError(_("Another segment has this key."), code="taken")
        return key

    def clean_condition(self) -> Any:
        """Read as what it is: the field itself only knows that it is some rule."""
        raw = self.cleaned_data["condition"]
        if raw is not None:
            context = defining(
                self.snapshot,
                self.record_type,
                key=self.segment.key if self.segment else "",
                find_segment=find_named(self.snapshot),
            )
            try:
                parse(raw, context)
            except ConditionInvalid as invalid:
                raise ValidationError(said(invalid), code="condition") from invalid
        return raw

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "condition" not in self.errors and "kind" in cleaned:
            static = cleaned["kind"] == Segment.Kind.STATIC
            if static and cleaned.get("condition") is not None:
                self.add_error("condition", _("It is kept by hand: it can have no condition."))
            if not static and cleaned.get("condition") is None:
                self.add_error("condition", _("Say who is in it, or let it be kept by hand."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in NAMES}
        for name in ("labels", "description"):
            before = getattr(self.segment, name) if self.segment else {}
            found[name] = merged(before, self.cleaned_data[name], self.languages)
        return found
