"""Which imports and mappings a person sees: their own. Administrators see that others' are there and how they go,
but not what is in them unless they see all of the type."""

from django.db.models import Q, QuerySet

from records.access import Access
from records.errors import NotVisible
from records.imports import rights
from records.models import ImportRun, SavedMapping


def runs(access: Access) -> QuerySet[ImportRun]:
    rows = ImportRun.objects.select_related("owner", "job")
    if rights.administers(access):
        return rows
    return rows.filter(owner=access.user_id) if access.user_id else rows.none()


def run(pk: int, *, access: Access) -> ImportRun:
    """Raises `NotVisible`."""
    found = runs(access).filter(pk=pk).first()
    if found is None:
        raise NotVisible(pk)
    return found


def may_read(found: ImportRun, access: Access) -> bool:
    """Whether one may read the rows of an import, its file and its mapping: whoever imported it, and who sees every
    record of the type and reads every field of it."""
    if access.unlimited or may_steer(found, access):
        return True
    record_type = access.snapshot.types.get(found.type)
    if record_type is None or not access.sees_all(record_type):
        return False
    return access.readable_everywhere(record_type).issuperset(f.key for f in record_type.active)


def may_steer(found: ImportRun, access: Access) -> bool:
    """Rows go through the gate with their owner's rights, so nobody else starts them; administrators may
    stop what goes on."""
    return found.owner_id is not None and found.owner_id == access.user_id


def may_stop(found: ImportRun, access: Access) -> bool:
    return may_steer(found, access) or rights.administers(access)


def saved_mappings(access: Access, type_key: str = "") -> QuerySet[SavedMapping]:
    """Those one may use: one's own, and shared ones of types that one may import into."""
    types = [t.key for t in rights.importable(access)]
    rows = SavedMapping.objects.filter(Q(owner=access.user_id) | Q(shared=True), type__in=types)
    return rows.filter(type=type_key) if type_key else rows


def saved_mapping(pk: int, *, access: Access) -> SavedMapping:
    """Raises `NotVisible`."""
    found = saved_mappings(access).filter(pk=pk).first()
    if found is None:
        raise NotVisible(pk)
    return found
