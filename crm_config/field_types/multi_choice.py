"""Several options at once."""

import random
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Json, Names
from crm_config.field_types.support import options, samples
from crm_config.operators.multi import OPERATORS

#: Up to here the options are tick boxes, beyond it a list.
MOST_BOXES = 12
Keys = tuple[str, ...]


class MultiChoiceType(FieldType):
    """Its value is a tuple of option keys, sorted, each once."""

    key = "multi_choice"
    label = _("Several choices")
    description = _("Any of a list: interests, products used, languages.")
    example = "Retail, Export"
    group = "choice"
    icon = "list-ul"
    sql_kind = "array"
    has_choices = True
    can_sort = False
    can_search = True
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Keys | None:
        parts = _split(field, raw) if isinstance(raw, str) else _members(raw)
        return tuple(sorted({options.get(field, part).key for part in parts})) or None

    def check_new(self, field: FieldDef, value: Keys | None, current: Keys | None) -> None:
        options.refuse_retired(field, set(value or ()) - set(current or ()))

    def dump(self, field: FieldDef, value: Keys | None) -> dict[str, Json]:
        return {} if value is None else {field.stored_key: list(value)}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Keys | None:
        stored = data.get(field.stored_key)
        return None if stored is None else tuple(stored)

    def search_text(self, field: FieldDef, value: Keys) -> str:
        held = (field.choice_map[key] for key in value if key in field.choice_map)
        return " ".join(label for option in held for label in option.labels.values())

    def display(self, field: FieldDef, value: Keys, names: Names) -> str:
        return ", ".join(options.label(field, key) for key in self._in_order(field, value))

    def render(self, field: FieldDef, value: Keys, names: Names) -> SafeString:
        badges = ((options.badge(field, key),) for key in self._in_order(field, value))
        return format_html_join(" ", "{}", badges)

    def _in_order(self, field: FieldDef, value: Keys) -> list[str]:
        """As the options are listed; keys whose option is gone at the end."""
        places = {key: place for place, key in enumerate(field.choice_map)}
        return sorted(value, key=lambda key: places.get(key, len(places)))

    def to_text(self, field: FieldDef, value: Keys) -> str:
        return "; ".join(value)

    def to_json(self, field: FieldDef, value: Keys) -> Json:
        return list(value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        keys = [option.key for option in field.choices]
        return {"type": "array", "items": {"type": "string", "enum": keys}, "uniqueItems": True}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        offered = options.offered(field, kwargs.get("initial"))
        few = len(offered) <= MOST_BOXES
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple if few else forms.SelectMultiple)
        return forms.MultipleChoiceField(choices=offered, **kwargs)

    def form_initial(self, field: FieldDef, value: Keys | None) -> list[str]:
        return list(value or ())

    def random_value(self, field: FieldDef, rng: random.Random) -> Keys:
        return tuple(sorted(samples.some(rng, options.in_use(field))))


def _split(field: FieldDef, text: str) -> list[str]:
    """Apart at semicolons and line breaks, else at commas; an option's own label may hold them."""
    if options.find(field, text):
        return [text]
    marks = r"[;\n|]" if re.search(r"[;\n|]", text) else ","
    return [part for part in re.split(marks, text) if part.strip()]


def _members(raw: Any) -> Iterable[Any]:
    return raw if isinstance(raw, list | tuple | set | frozenset) else [raw]
