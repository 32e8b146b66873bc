"""By what records are found: one field's values as texts of a file say them and as the database keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Expression, F, Q

from crm_config.definitions import FieldDef, TypeDef
from crm_config.expressions import DataValue
from crm_config.field_types.base import CoerceContext
from crm_config.field_types.support.reference import read_id
from crm_config.field_types.support.texts import as_text, clean_text
from crm_config.norm import keeps_norm, norm_of, normalised
from records.imports.mapping import ID
from records.models import UniqueValue


@dataclass(frozen=True, eq=False)
class Key:
    """`key` is a field's, `title`, or `id`."""

    record_type: TypeDef
    key: str

    @cached_property
    def field(self) -> FieldDef | None:
        return None if self.key in (ID, "title") else self.record_type.fields.get(self.key)

    def comparable(self, raw: Any, context: CoerceContext) -> Any:
        """What equal values share, whatever their case and spaces; None for nothing.

        Raises `ValueRefused` for what the field could never hold.
        """
        if self.key == ID:
            return read_id(raw)
        if self.field is None:
            return normalised(clean_text(as_text(raw))) or None
        value = self.field.type.coerce(self.field, raw, context)
        return None if value is None else self.of_value(self.field, value)

    def of_value(self, f: FieldDef, value: Any) -> Any:
        return norm_of(f, value) if self._by_norm else f.type.comparable(f, value)

    @property
    def _by_norm(self) -> bool:
        """Choices keep the norm of their labels, and are compared by key."""
        f = self.field
        return f is None or (keeps_norm(f) and f.type.sql_kind == "text" and not f.type.has_choices)

    @property
    def expression(self) -> Expression | F:
        if self.key == ID:
            return F("pk")
        if self._by_norm:
            return DataValue(self.key, column="norm")
        f = self.field
        if f is None:
            raise LookupError(self.key)
        return DataValue(f.type.comparable_key(f), f.type.sql_kind)  # type: ignore[arg-type]

    def among(self, comparables: Collection[Any]) -> Q:
        """The records with one of these. Through the table of unique values where it serves, for that
        is indexed whatever the type's own indexes are."""
        if self.key == ID:
            return Q(pk__in=comparables)
        if self.field is not None and self.field.unique and self.field.type.sql_kind == "text":
            texts = [str(each).casefold()[:600] for each in comparables]
            held = UniqueValue.objects.filter(
                type=self.record_type.key, field=self.key, value__in=texts
            )
            return Q(pk__in=held.values("record"))
        return Q(**{f"{self.alias}__in": list(comparables)})

    @property
    def alias(self) -> str:
        return f"key_{self.key}"


def rows_with(
    rows: Any, keys: Iterable[Key], comparables: Collection[Any]
) -> Iterator[tuple[int, bool, tuple[Any, ...]]]:
    """Of a queryset of one type's records, those whose first key is among the comparables: id, whether
    archived, and the comparables of all keys. One query."""
    listed = list(keys)
    if not comparables:
        return
    found = rows.annotate(**{key.alias: key.expression for key in listed})
    names = ("pk", "archived_at", *(key.alias for key in listed))
    for pk, archived_at, *values in found.filter(listed[0].among(comparables)).values_list(*names):
        yield pk, archived_at is not None, tuple(values)
