"""The live values of one field, with the records that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models.lookups import IsNull
from django.urls import reverse

from crm_config.definitions import FieldDef, TypeDef
from crm_config.expressions import DataValue
from crm_config.field_types.base import Names
from crm_config.impacts import Sample
from records.conversions.reading import loaded
from records.models import Record, RecordLink
from records.models.record import RecordQuerySet
from records.selectors.names import file_names, kind_of, team_names, user_names

#: Values looked at in one dry run; beyond that, what is told is said to be of the first ones.
MOST = 20_000
SAMPLES = 20
CHUNK = 2_000


@dataclass(frozen=True)
class Held:
    """A value and the record that holds it."""

    id: int
    title: str
    value: Any


def holders(record_type: TypeDef, field: FieldDef) -> RecordQuerySet:
    """The records that have a value, archived ones too: they may be restored."""
    rows = Record.unscoped.of(record_type)
    if field.type.storage == "links":
        linked = RecordLink.objects.filter(
            field=field.key, source__gte=record_type.first_id, source__lt=record_type.end_id
        )
        return rows.filter(pk__in=linked.values("source"))
    column = "long_data" if field.type.storage == "long_data" else "data"
    return rows.filter(IsNull(DataValue(field.stored_key, column=column), False))  # type: ignore[arg-type]


def values(record_type: TypeDef, field: FieldDef, *, most: int = MOST) -> Iterator[Held]:
    """The values that can be read, by rising id."""
    column = "long_data" if field.type.storage == "long_data" else "data"
    rows = holders(record_type, field).order_by("pk").values_list("pk", "title", column)[:most]
    for pk, title, data in rows.iterator(chunk_size=CHUNK):
        value = loaded(field, data)
        if value is not None:
            yield Held(pk, title, value)


def sample(record_type: TypeDef, field: FieldDef, held: Held, why: str = "") -> Sample:
    value = held.value
    shown = "" if value is None else field.type.display(field, value, names(field, value))
    url = reverse("records:record", args=[held.id])
    return Sample(held.id, title_of(record_type, held), url, shown, why)


def title_of(record_type: TypeDef, held: Held) -> str:
    return held.title or f"{record_type.label} {held.id - record_type.first_id}"


def names(field: FieldDef, value: Any) -> Names:
    """Of what one value points at; links are not shown by value here."""
    kind, ids = kind_of(field), value if isinstance(value, tuple) else (value,)
    return Names(
        users=user_names(ids) if kind == "users" else {},
        teams=team_names(ids) if kind == "teams" else {},
        files=file_names(ids if kind == "documents" else (), ids if kind == "images" else ()),
    )
