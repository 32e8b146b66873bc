"""Who may import what, and what an import may make besides records of its type."""

from __future__ import annotations

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.access.access import WRITE
from records.access.scopes import Owned
from records.gate.batch import Batch
from records.gate.permissions import to_be_made


def may_import(access: Access, record_type: TypeDef) -> bool:
    """The grant to import, and to create or change what is imported."""
    grants = any(access.may(action, record_type) for action in ("create", "change"))
    return grants and access.may("import", record_type)


def importable(access: Access) -> tuple[TypeDef, ...]:
    return tuple(t for t in access.snapshot.active_types if may_import(access, t))


def fields(access: Access, record_type: TypeDef) -> tuple[FieldDef, ...]:
    """The fields that this person's import may fill: files and images are uploaded one by one."""
    return tuple(
        f
        for f in record_type.all_fields.values()
        if f.editable
        and access.level(record_type, f.key) == WRITE
        and f.type.key not in ("file", "image")
    )


def administers(access: Access) -> bool:
    """Users and teams come into being by administrators alone."""
    return access.unlimited or any(role.administers for role in access.roles)


def gate(batch: Batch) -> None:
    """Registered with the gate: what comes by import also needs the grant to import, in its scope."""
    access = batch.access
    if batch.channel != "import" or access.unlimited:
        return
    for draft in batch.sound("create", "change"):
        new = draft.action == "create"
        owned: Owned = to_be_made(access, draft, "import") if new else draft.was
        if not any(a.reaches("import", owned, draft.record_type) for a in access.askers):
            draft.refuse("forbidden", _("You may not import this record."))
