"""The editor of a choice field's options: names, colours, order, archived ones, and which is the default."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from crm_config.forms.galleries import ColourField
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, is_key
from crm_config.models import Field, Option
from crm_config.working_copy.keys import propose_key

MOST_OPTIONS = 1000


class ChoiceForm(forms.Form):
    """`known` says that the option was there before: its key cannot change. `record_count`: how many records
    hold it, where that is known."""

    record_count: int | None = None

    known = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(
        label=_("Key"),
        required=False,
        max_length=MAX_KEY,
        help_text=_("Left empty, it is made from the name. It never changes."),
    )
    retired = forms.BooleanField(
        label=_("Archived"),
        required=False,
        help_text=_("It stays where it was chosen, but cannot be chosen anew."),
    )
    preset = forms.BooleanField(label=_("Default"), required=False)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=200)
        self.fields["colour"] = ColourField(
            label=_("Colour"),
            current=str(self.initial.get("colour", "")),
            widget=forms.Select(attrs={"class": "studio-colour-select"}),
        )
        if self.initial.get("known"):
            self.fields["key"].disabled = True

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        if key and not is_key(key):
            raise ValidationError(
                _("Use small letters, digits and single underscores, starting with a letter."),
                code="key",
            )
        return key

    @property
    def is_blank(self) -> bool:
        """A row that was added and left empty."""
        said = self.data.get(f"{self.prefix}-key"), *self._typed_names()
        return not self.initial.get("known") and not any(said)

    def _typed_names(self) -> list[str]:
        names: dict[str, str] = self.fields["labels"].widget.value_from_datadict(
            self.data, self.files, f"{self.prefix}-labels"
        )
        return list(names.values())

    @property
    def choice(self) -> dict[str, Any]:
        """The option as the services take it; without a key where one is to be proposed."""
        data = self.cleaned_data
        return {
            "key": self.initial.get("known") or data["key"],
            "labels": merged(self.initial.get("labels"), data["labels"], self.languages),
            "colour": data["colour"],
            "retired": data["retired"],
        }


class ChoiceFormSet(BaseFormSet[ChoiceForm]):
    """In the order of the `ORDER` fields. Known options cannot be taken away, only archived, unless they were
    never published (`removable`)."""

    def __init__(self, *args: Any, removable: frozenset[str] | None = None, **kwargs: Any) -> None:
        self.removable = removable
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].widget = forms.HiddenInput()
        form.fields["DELETE"].widget = forms.HiddenInput()
        known = form.initial.get("known")
        form.can_remove = not known or (self.removable is not None and known in self.removable)

    def clean(self) -> None:
        if any(self.errors):
            return
        taken: set[str] = set()
        for form in self.kept:
            key = form.choice["key"]
            if key and key in taken:
                form.add_error("key", _("Another option has this key."))
            taken.add(key)

    def _should_delete_form(self, form: Any) -> bool:
        deleted: bool = super()._should_delete_form(form)  # type: ignore[misc]
        return form.is_blank or (deleted and form.can_remove)

    @property
    def kept(self) -> list[ChoiceForm]:
        """The forms that say an option, in order."""
        forms_ = [
            f for f in self.ordered_forms if f.cleaned_data.get("labels") or f.initial.get("known")
        ]
        return [f for f in forms_ if f not in self.deleted_forms]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The options with keys, those left empty proposed."""
        choices = [form.choice for form in self.kept]
        taken = {choice["key"] for choice in choices if choice["key"]}
        for choice in choices:
            if not choice["key"]:
                name = next(iter(choice["labels"].values()))
                choice["key"] = propose_key(name, taken=taken, fallback="option")
                taken.add(choice["key"])
        return choices

    @property
    def presets(self) -> list[str]:
        """Keys of the options marked as default."""
        marked = [form.cleaned_data["preset"] for form in self.kept]
        return [c["key"] for c, preset in zip(self.choices, marked, strict=True) if preset]


_Formset = formset_factory(
    ChoiceForm,
    formset=ChoiceFormSet,
    extra=0,
    can_order=True,
    can_delete=True,
    max_num=MOST_OPTIONS,
    absolute_max=MOST_OPTIONS,
)


def choice_formset(
    data: Any, *, field: Field | None, languages: Sequence[str], removable: frozenset[str]
) -> ChoiceFormSet:
    rows = list(field.choices.all()) if field else []
    presets = _presets(field)
    return cast(type[ChoiceFormSet], _Formset)(
        data,
        prefix="choices",
        initial=[_initial(row, presets) for row in rows],
        form_kwargs={"languages": languages},
        removable=removable,
    )


def _initial(row: Option, presets: Sequence[str]) -> dict[str, Any]:
    return {
        "known": row.key,
        "key": row.key,
        "labels": row.labels,
        "colour": row.colour,
        "retired": row.retired,
        "preset": row.key in presets,
    }


def _presets(field: Field | None) -> list[str]:
    default = field.default if field else None
    if isinstance(default, str):
        return [default]
    return list(default) if isinstance(default, list) else []
