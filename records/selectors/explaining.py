"""What may be asked about, and on whose behalf."""

from __future__ import annotations

from crm_config.definitions import SERIAL_BITS, TypeDef
from crm_config.models import User
from records.access import Access
from records.errors import NotVisible
from records.models import Record


def administers(access: Access) -> bool:
    return access.unlimited or any(role.administers for role in access.roles)


def record_about(record_id: int, *, viewer: Access) -> Record:
    """The record, for those who see it, and for administrators, who are asked why others do not. Raises
    `NotVisible`."""
    record_type = viewer.snapshot.by_number.get(record_id >> SERIAL_BITS)
    record = Record.unscoped.filter(pk=record_id).first()
    if record is None or record_type is None:
        raise NotVisible(record_id)
    if not administers(viewer) and not viewer.allows("view", record, record_type):
        raise NotVisible(record_id)
    return record


def type_about(key: str, *, viewer: Access) -> TypeDef:
    """Raises `NotVisible`."""
    found = viewer.snapshot.types.get(key)
    if found is None or not (administers(viewer) or viewer.may("view", found)):
        raise NotVisible(key)
    return found


def subject(name: str, *, viewer: Access) -> Access:
    """The access of whom it is asked about, by id or user name: oneself, or for administrators anybody. Raises
    `NotVisible`."""
    if not name:
        return viewer
    if viewer.user is not None and name in (str(viewer.user.pk), viewer.user.get_username()):
        return viewer
    if not administers(viewer):
        raise NotVisible(name)
    by = {"pk": int(name)} if name.isascii() and name.isdigit() else {"username": name}
    user = User.objects.filter(**by).first()
    if user is None:
        raise NotVisible(name)
    return Access.of(user)
