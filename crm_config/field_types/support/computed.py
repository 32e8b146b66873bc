"""What formula, rollup and lookup share: they store and show as their result's type does."""

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.text import Truncator

from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from crm_config.field_types.base import CoerceContext, FieldType, Json, Names
from crm_config.field_types.support.numbers import LIMIT
from crm_config.field_types.support.texts import clean_text

#: Read from the result's type when a computed type is bound to it.
_TAKEN_OVER = (
    "storage",
    "sql_kind",
    "has_choices",
    "can_sort",
    "can_search",
    "numeric",
    "operators",
)


class Computed(FieldType):
    """As registered it knows no result; `bound` gives the type that fields use."""

    group = "computed"
    icon = "code"
    computed = True
    result: FieldType

    @property
    def kind(self) -> str:
        result = getattr(self, "result", None)
        return result.key if result else self.key

    def result_kind(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The key of the result's field type, and its options."""
        raise NotImplementedError

    def bound(self, options: Mapping[str, Any]) -> FieldType:
        key, _options = self.result_kind(options)
        return _bound(self, registry.get(key))

    def result_type(self, field: FieldDef) -> FieldType:
        return registry.get(self.result_kind(field.options)[0])

    def result_field(self, field: FieldDef) -> FieldDef:
        """The field as if people filled it in: of the result's type, with its options."""
        return _result_field(self, field)

    # -- values: a computed one never fails for being too exact or too long

    def coerce(self, field: FieldDef, raw: Any, context: CoerceContext) -> Any:
        inner = self.result_field(field)
        return inner.type.coerce(inner, _fitted(inner, raw), context)

    def is_empty(self, value: Any) -> bool:
        return value is None

    def dump(self, field: FieldDef, value: Any) -> dict[str, Json]:
        inner = self.result_field(field)
        return inner.type.dump(inner, value)

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Any:
        inner = self.result_field(field)
        return inner.type.load(inner, data)

    def parts(self, field: FieldDef) -> tuple[str, ...]:
        inner = self.result_field(field)
        return inner.type.parts(inner)

    def shape(self, field: FieldDef) -> str:
        inner = self.result_field(field)
        return inner.type.shape(inner)

    def comparable_key(self, field: FieldDef) -> str:
        inner = self.result_field(field)
        return inner.type.comparable_key(inner)

    def comparable(self, field: FieldDef, value: Any) -> Any:
        inner = self.result_field(field)
        return inner.type.comparable(inner, value)

    def from_comparable(self, field: FieldDef, comparable: Any) -> Any:
        inner = self.result_field(field)
        return inner.type.from_comparable(inner, comparable)

    # -- showing

    def search_text(self, field: FieldDef, value: Any) -> str:
        inner = self.result_field(field)
        return inner.type.search_text(inner, value)

    def display(self, field: FieldDef, value: Any, names: Names) -> str:
        inner = self.result_field(field)
        return inner.type.display(inner, value, names)

    def render(self, field: FieldDef, value: Any, names: Names) -> Any:
        inner = self.result_field(field)
        return inner.type.render(inner, value, names)

    def to_text(self, field: FieldDef, value: Any) -> str:
        inner = self.result_field(field)
        return inner.type.to_text(inner, value)

    def to_json(self, field: FieldDef, value: Any) -> Json:
        inner = self.result_field(field)
        return inner.type.to_json(inner, value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        inner = self.result_field(field)
        return {**inner.type.json_schema(inner), "readOnly": True}

    def random_value(self, field: FieldDef, rng: random.Random) -> Any:
        inner = self.result_field(field)
        return inner.type.random_value(inner, rng)


def _bound(computed: Computed, result: FieldType) -> Computed:
    """One for each pair: fields of like results share their type."""
    pair = computed.key, result.key
    if pair not in _BOUND:
        bound = type(computed)()
        bound.result = result
        for name in _TAKEN_OVER:
            setattr(bound, name, getattr(result, name))
        _BOUND[pair] = bound
    return _BOUND[pair]


_BOUND: dict[tuple[str, str], Computed] = {}


@lru_cache(maxsize=2048)
def _result_field(computed: Computed, field: FieldDef) -> FieldDef:
    """Kept, because it is asked for with each value; fields are equal only to themselves."""
    key, options = computed.result_kind(field.options)
    if "base_currency" in field.options:
        options = {**options, "base_currency": field.options["base_currency"]}
    return replace(field, type=registry.get(key), options=options, default=None)


def _fitted(field: FieldDef, raw: Any) -> Any:
    """A computed value, rounded or cut to what the result's type holds."""
    if isinstance(raw, float):
        raw = Decimal(repr(raw))
    if isinstance(raw, Decimal) and raw.is_finite() and abs(raw) <= LIMIT:
        rounded = getattr(field.type, "rounded", None)
        return rounded(field, raw) if rounded else raw
    if isinstance(raw, str) and field.type.key == "text":
        return Truncator(clean_text(raw)).chars(field.type.option(field, "max_length"))
    return raw
