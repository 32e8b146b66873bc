"""The values that a rule gives to fields, asked for with the fields' own inputs: a row for each field, and one more
where that is wanted. Without a script, the button under them asks for the page again, with all that was typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.forms import writable
from records.forms.fields import Choices, media_of
from records.forms.giving_row import Giving, Row, Sources

#: The button that asks for the page again.
AGAIN = "again"
MOST = 100


@dataclass(frozen=True)
class Typed:
    """What came in, as it came."""

    data: Any
    name: str

    @property
    def keys(self) -> list[str]:
        """The rows that were shown, and the field for which one more is wanted."""
        found = [*self.data.getlist(f"{self.name}-row"), self.data.get(f"{self.name}-add", "")]
        return [key for key in dict.fromkeys(found) if key][:MOST]


class GivingWidget(forms.Widget):
    template_name = "records/forms/giving.html"

    def __init__(self, field: GivingField) -> None:
        super().__init__()
        self.field = field

    def __deepcopy__(self, memo: Any) -> GivingWidget:
        return self

    @property
    def media(self) -> forms.Media:
        own = forms.Media(css={"all": ["records/css/giving.css"]})
        return own + media_of(self.field.offered.values())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-rows" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = list(self.field.rows(name, value))
        there = {row.f.key for row in rows}
        offers = [(f.key, f.label) for f in self.field.offered.values() if f.key not in there]
        context["widget"] |= {
            "rows": rows,
            "gone": self.field.gone(value),
            "offers": offers,
            "no_type": self.field.record_type is None,
            "places": self.field.giving.sources.places,
            "again": AGAIN,
        }
        return context


class GivingField(forms.Field):
    """Its value is a map from the field's key to its raw value. `record_type` None: it is not known yet whose."""

    def __init__(
        self, *, record_type: TypeDef | None, sources: Sources, access: Access, **kwargs: Any
    ) -> None:
        self.record_type = record_type
        fields = writable.of_new(record_type, Access.system()) if record_type else []
        self.offered: Mapping[str, FieldDef] = {f.key: f for f in fields}
        self.giving = Giving(sources, Choices(access), writable.reading(access))
        #: Only what was judged is told what is wrong with it.
        self.judged = False
        super().__init__(**kwargs, widget=GivingWidget(self))

    def rows(self, name: str, value: Any) -> Iterator[Row]:
        if isinstance(value, Typed):
            for key in value.keys:
                if (f := self.offered.get(key)) is not None:
                    row = Row(f, self.giving, name=name, data=self._begun(f, value))
                    if not self.judged:
                        row._errors = ErrorDict()  # type: ignore[attr-defined]
                    yield row
            return
        for key, raw in (value or {}).items():
            if (f := self.offered.get(key)) is not None:
                yield Row(f, self.giving, name=name, raw=raw)

    def _begun(self, f: FieldDef, value: Typed) -> Any:
        """A row that is only asked for has nothing typed in it yet."""
        if f"{value.name}-{f.key}-how" in value.data:
            return value.data
        first = MultiValueDict({f"{value.name}-{f.key}-how": [_first(f, self.giving)]})
        return first if self.judged else None

    def gone(self, value: Any) -> list[tuple[str, str]]:
        """What stands there for fields that are not there: key and JSON."""
        if isinstance(value, Typed):
            kept = ((key, value.data.get(f"{value.name}-{key}-raw", "")) for key in value.keys)
            return [(key, raw) for key, raw in kept if key not in self.offered and raw]
        return [(k, json.dumps(raw)) for k, raw in (value or {}).items() if k not in self.offered]

    def to_python(self, value: Any) -> dict[str, Any]:
        self.judged = True
        if not isinstance(value, Typed):
            return dict(value or {})
        found: dict[str, Any] = {}
        wrong: list[str] = []
        for row in self.rows(value.name, value):
            if row.is_valid():
                said = row.said()
                if said is not None:
                    found[row.f.key] = said
            else:
                wrong.append(row.f.label)
        for key, _raw in self.gone(value):
            if f"{value.name}-{key}-drop" not in value.data:
                wrong.append(key)
        if wrong:
            raise ValidationError(
                _("Look again at: %(fields)s."), params={"fields": ", ".join(wrong)}, code="rows"
            )
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


def again(form: forms.Form) -> None:
    """Show a form with what was typed, unjudged."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]


def _first(f: FieldDef, giving: Giving) -> str:
    return str(Row(f, giving, name="x").fields["how"].initial)


def is_again(data: Mapping[str, Any] | Iterable[str]) -> bool:
    return AGAIN in data
