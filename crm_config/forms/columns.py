"""Which fields a list shows, in which order, and by what it is sorted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, TypeDef

SORTS = 3
DIRECTIONS = [("", _("ascending")), ("-", _("descending"))]


class ColumnsWidget(forms.CheckboxSelectMultiple):
    """Ticked boxes in an order: what is posted comes in the order in which the boxes stand."""

    template_name = "crm_config/widgets/columns.html"


def in_order(record_type: TypeDef, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The chosen ones first, in their order; then the type's own fields, then those all records have."""
    fields: Mapping[str, FieldDef] = record_type.all_fields
    first = [key for key in chosen if key in fields]
    own = [f.key for f in record_type.active if f.key not in first]
    system = [key for key in record_type.system if key in fields and key not in first]
    return [(key, fields[key].label) for key in dict.fromkeys([*first, *own, *system])]


class ColumnsForm(forms.Form):
    """`record_type` is the definition in the working copy."""

    def __init__(self, *args: Any, record_type: TypeDef, **kwargs: Any) -> None:
        self.record_type = record_type
        kwargs.setdefault("initial", self._initial())
        super().__init__(*args, **kwargs)
        self.fields["columns"] = forms.MultipleChoiceField(
            label=_("Columns"), choices=self._choices(), widget=ColumnsWidget, required=False
        )
        sortable = [(f.key, f.label) for f in record_type.all_fields.values() if f.sortable]
        for place in range(SORTS):
            self.fields[f"sort_{place}"] = forms.ChoiceField(
                label=_("Sort by") if place == 0 else _("then by"),
                choices=[("", "---------"), *sortable],
                required=False,
            )
            self.fields[f"direction_{place}"] = forms.ChoiceField(
                label=_("Direction"), choices=DIRECTIONS, required=False
            )

    def _initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"columns": list(self.record_type.columns)}
        for place, key in enumerate(self.record_type.sort[:SORTS]):
            initial[f"sort_{place}"] = key.removeprefix("-")
            initial[f"direction_{place}"] = "-" if key.startswith("-") else ""
        return initial

    def _choices(self) -> list[tuple[str, str]]:
        chosen: Sequence[str] = self._posted() if self.is_bound else self.record_type.columns
        return in_order(self.record_type, chosen)

    def _posted(self) -> list[str]:
        """In the order in which the boxes stood."""
        posted: list[str] = ColumnsWidget().value_from_datadict(self.data, self.files, "columns")
        return posted or []

    @property
    def sort_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"sort_{place}"], self[f"direction_{place}"]) for place in range(SORTS)]

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["columns"]))

    @property
    def sort(self) -> list[str]:
        """Without repeating a field; as before when nothing is chosen."""
        chosen: dict[str, str] = {}
        for place in range(SORTS):
            if key := self.cleaned_data[f"sort_{place}"]:
                chosen.setdefault(key, self.cleaned_data[f"direction_{place}"])
        return [direction + key for key, direction in chosen.items()]
