"""Which fields a person may fill in, of a new record and of one that exists."""

from __future__ import annotations

from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import CoerceContext
from records.access import Access
from records.access.access import WRITE
from records.rates import rate_on
from records.selectors import RecordView

PEOPLE = ("owner", "team")


def of_new(record_type: TypeDef, access: Access) -> list[FieldDef]:
    fields = (*record_type.active, *(record_type.system[key] for key in PEOPLE))
    return [f for f in fields if f.editable and access.level(record_type, f.key) == WRITE]


def of_record(record: RecordView) -> list[FieldDef]:
    own = [f for f in record.fields if may_write(record, f)]
    return [*own, *(f for key in PEOPLE if may_write(record, f := record.type.system[key]))]


def may_write(record: RecordView, f: FieldDef) -> bool:
    if f.key in PEOPLE:
        return (
            not record.archived
            and record.may("assign")
            and record.access.level_of(record.record, record.type, f.key, to="assign") == WRITE
        )
    fixed = f.readonly_after_creation and record.value(f.key) is not None
    return record.writable(f.key) and not fixed


def defaults(record_type: TypeDef, access: Access) -> dict[str, Any]:
    """What a new record begins with."""
    context = reading(access)
    values = {f.key: f.type.default(f, context) for f in of_new(record_type, access)}
    values["owner"], values["team"] = access.user_id, access.only_team
    return {key: value for key, value in values.items() if value is not None}


def reading(access: Access) -> CoerceContext:
    company = access.snapshot.company
    return CoerceContext(
        now=access.now,
        tz=access.tz,
        me=access.user_id,
        base_currency=company.base_currency,
        rate=rate_on,
    )
