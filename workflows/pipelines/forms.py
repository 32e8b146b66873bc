"""The studio's forms of pipelines, stages and transitions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.conditions import condition_field
from crm_config.forms.galleries import ColourField
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, is_key
from crm_config.models import User
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from workflows.pipelines.definitions import DONE, LOST, ON_HOLD, OPEN, WON

MEANINGS = (
    (OPEN, _("Open: work goes on")),
    (ON_HOLD, _("On hold: waiting for somebody else")),
    (WON, pgettext_lazy("stage", "Won")),
    (LOST, pgettext_lazy("stage", "Lost")),
    (DONE, pgettext_lazy("stage", "Done")),
)


class KeyedForm(forms.Form):
    """Something with a name and, while it is new, a key. `initial` is its JSON."""

    use_required_attribute = False
    #: What its key begins with where the name gives none.
    fallback = "item"

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        taken: Collection[str] = (),
        known: Mapping[str, Any] | None = None,
        named: bool = True,
        **kwargs: Any,
    ) -> None:
        self.languages, self.taken, self.known = languages, taken, known
        if known is not None:
            kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=_("Name"), languages=languages, max_length=100, required=named
        )
        if known is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=MAX_KEY,
                required=False,
                help_text=_("Left empty, it is made from the name. It never changes."),
            )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        if not key:
            name = label_here(self.cleaned_data.get("labels"))
            return propose_key(name, taken=self.taken, fallback=self.fallback)
        if not is_key(key):
            message = _("Use small letters, digits and single underscores, starting with a letter.")
            raise ValidationError(message, code="key")
        if key in self.taken:
            raise ValidationError(_("This key is taken."), code="taken")
        return key

    def texts(self, name: str) -> dict[str, str]:
        before = (self.known or {}).get(name, {})
        return merged(before, self.cleaned_data[name], self.languages)

    @property
    def key(self) -> str:
        return str(self.known["key"] if self.known else self.cleaned_data["key"])


class PipelineForm(KeyedForm):
    fallback = "pipeline"

    def __init__(
        self, *args: Any, record_type: TypeDef, snapshot: Snapshot, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"] = LabelsField(
            label=_("Description"), languages=self.languages, rows=2, required=False
        )
        self.fields["condition"] = condition_field(
            record_type=record_type,
            snapshot=snapshot,
            user=user,
            required=False,
            label=_("Takes these records"),
            help_text=_(
                "Of several pipelines, the first that fits takes a new record. Empty: all."
            ),
        )
        self.fields["order"] = forms.IntegerField(
            label=_("Order among the pipelines of the type"),
            min_value=0,
            max_value=32767,
            initial=100,
        )
        self.fields["no_skip"] = forms.BooleanField(label=_("No stage is skipped"), required=False)
        self.fields["no_backward"] = forms.BooleanField(
            label=_("Records never go back"), required=False
        )
        self.fields["anywhere_by_import"] = forms.BooleanField(
            label=_("Imports bring records in at any stage"), required=False, initial=True
        )
        choices = [f for f in record_type.active if f.type.key == "choice"]
        self.fields["from_field"] = forms.ChoiceField(
            label=_("Stages so far"),
            choices=[("", "---------"), *((f.key, f.label) for f in choices)],
            required=False,
            help_text=_(
                "A choice whose options have the keys of the stages: it tells where records are that "
                "are there already. Empty: at the beginning."
            ),
        )

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("condition", "order", "no_skip", "no_backward", "anywhere_by_import", "from_field")
        return {
            "labels": self.texts("labels"),
            "description": self.texts("description"),
            **{name: given[name] for name in names},
        }


def fillable(record_type: TypeDef) -> list[tuple[str, str]]:
    fields = [*record_type.active, *(record_type.system[k] for k in ("owner", "team"))]
    return [(f.key, f.label) for f in fields if f.editable and f.key != "stage"]


def several(label: Any, choices: Sequence[tuple[str, Any]], help_text: Any = "") -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "wf-columns"}),
        required=False,
        help_text=help_text,
    )


#: How many empty entries a checklist offers; more come once these are saved.
MORE_ENTRIES = 3


class StageForm(KeyedForm):
    fallback = "stage"

    def __init__(self, *args: Any, record_type: TypeDef, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"] = ColourField(
            label=_("Colour"), current=str((self.known or {}).get("colour", ""))
        )
        self.fields["meaning"] = forms.ChoiceField(
            label=_("What it means"), choices=MEANINGS, initial=OPEN, widget=forms.RadioSelect
        )
        self.fields["start"] = forms.BooleanField(label=_("New records begin here"), required=False)
        self.fields["entry"] = several(
            _("Needed to come in"),
            fillable(record_type),
            _("Who moves a record here is asked for them, and they cannot be emptied here."),
        )
        self.fields["exit"] = several(_("Needed to leave"), fillable(record_type))
        self.fields["probability"] = forms.IntegerField(
            label=_("Probability in percent"), min_value=0, max_value=100, required=False
        )
        self.fields["stale_after"] = forms.IntegerField(
            label=_("Stale after so many days"), min_value=1, max_value=3650, required=False
        )
        self.fields["help"] = LabelsField(
            label=_("What good looks like"), languages=self.languages, rows=2, required=False
        )
        self.fields["status"] = forms.CharField(
            label=_("Word for reports"),
            max_length=50,
            required=False,
            help_text=_("The same in pipelines whose stages differ: open, waiting, won."),
        )
        self._add_checklist()

    def _add_checklist(self) -> None:
        self.checks: list[Mapping[str, Any]] = list((self.known or {}).get("checklist", ()))
        for number in range(len(self.checks) + MORE_ENTRIES):
            known = self.checks[number] if number < len(self.checks) else {}
            self.fields[f"check_{number}"] = LabelsField(
                label=_("To be ticked here, %(number)s") % {"number": number + 1},
                languages=self.languages,
                max_length=200,
                required=False,
                initial=known.get("labels"),
            )
        self.fields["all_done"] = forms.BooleanField(
            label=_("All of it must be ticked before a record goes on"),
            required=False,
            help_text=_("Records may be lost, put on hold or sent back all the same."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("all_done") and not self.checklist():
            self.add_error("all_done", _("Say first what is to be ticked."))
        return cleaned

    def checklist(self) -> list[dict[str, Any]]:
        """An entry that is emptied is taken away; its key stays with it as long as it is there."""
        found: list[dict[str, Any]] = []
        for number in range(len(self.checks) + MORE_ENTRIES):
            held = self.checks[number] if number < len(self.checks) else {}
            said = self.cleaned_data.get(f"check_{number}") or {}
            texts = merged(held.get("labels", {}), said, self.languages)
            if not any(said.get(language) for language in self.languages):
                continue
            taken = {each["key"] for each in (*self.checks, *found)}
            name = label_here(texts)
            key = held.get("key") or propose_key(name, taken=taken, fallback="entry")
            found.append({"key": key, "labels": texts})
        return found

    @property
    def raw(self) -> dict[str, Any]:
        names = (
            "colour",
            "meaning",
            "start",
            "entry",
            "exit",
            "probability",
            "stale_after",
            "status",
        )
        return {
            **(self.known or {}),
            "key": self.key,
            "labels": self.texts("labels"),
            "help": self.texts("help"),
            **{name: self.cleaned_data[name] for name in names},
            "checklist": self.checklist(),
            "all_done": self.cleaned_data["all_done"],
        }


class TransitionForm(KeyedForm):
    fallback = "move"

    def __init__(
        self,
        *args: Any,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        stages: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        known = kwargs.get("known")
        if known is not None:
            kwargs["known"] = {**known, "sources": known.get("from", [])}
        super().__init__(*args, named=False, **kwargs)
        self.fields["labels"].help_text = _(
            "What people choose: “Send the offer”. Empty: the stage."
        )
        self.fields["sources"] = several(
            _("From"), stages, _("With none ticked: from every stage.")
        )
        self.fields["to"] = forms.ChoiceField(label=_("To"), choices=stages)
        roles = [(role.key, role.label) for role in snapshot.roles.values()]
        self.fields["roles"] = several(
            _("Who may"), roles, _("With none ticked: everybody who may move such records.")
        )
        said: dict[str, Any] = {
            "record_type": record_type,
            "snapshot": snapshot,
            "user": user,
            "required": False,
        }
        self.fields["by"] = condition_field(
            **said,
            label=_("On these records"),
            help_text=_("For example those that are one’s own."),
        )
        self.fields["guard"] = condition_field(
            **said,
            label=_("Only if"),
            help_text=_("Of the record as it will be. It holds for everybody."),
        )
        self.fields["message"] = LabelsField(
            label=_("Said when that does not hold"),
            languages=self.languages,
            rows=2,
            required=False,
        )
        self.fields["fields"] = several(_("Asked for on the way"), fillable(record_type))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") in cleaned.get("sources", ()):
            self.add_error("to", _("It cannot lead to where it starts."))
        return cleaned

    @property
    def raw(self) -> dict[str, Any]:
        kept = {k: v for k, v in (self.known or {}).items() if k != "sources"}
        return {
            **kept,
            "key": self.key,
            "labels": self.texts("labels"),
            "message": self.texts("message"),
            "from": self.cleaned_data["sources"],
            **{name: self.cleaned_data[name] for name in ("to", "roles", "by", "guard", "fields")},
        }


class RetireStageForm(forms.Form):
    def __init__(self, *args: Any, stages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moved_to"] = forms.ChoiceField(
            label=_("Its records go to"),
            choices=stages,
            help_text=_("They are moved once this is published."),
        )
