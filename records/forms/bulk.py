"""The fields that one change gives to many records, and what was typed for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import ValueRefused
from records.access import Access
from records.forms import writable
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.gate.draft import STAGE


def offered(record_type: TypeDef, *, access: Access) -> list[FieldDef]:
    """What many records may have alike: neither unique values nor files."""
    fields = writable.of_new(record_type, access)
    if not access.may("assign", record_type):
        fields = [f for f in fields if f.key not in writable.PEOPLE]
    if STAGE in record_type.system and access.may("transition", record_type):
        fields = [record_type.system[STAGE], *fields]
    return [f for f in fields if not f.unique and f.type.group != "file"]


class BulkForm(RecordForm):
    def __init__(self, data: Any, *, fields: Sequence[FieldDef], access: Access) -> None:
        self.access = access
        super().__init__(data, fields=fields, values={}, choices=Choices(access))

    def values(self) -> dict[str, Any]:
        """As JSON, for a job; None clears. Called once the form is valid; adds an error for a value that
        cannot be taken."""
        context = writable.reading(self.access)
        found: dict[str, Any] = {}
        for key, cleaned in self.cleaned_data.items():
            f = self.definitions[key]
            try:
                value = f.type.coerce(f, cleaned, context)
            except ValueRefused as refused:
                self.add_error(key, str(refused.message))
                continue
            found[key] = None if value is None else f.type.to_json(f, value)
        return found
