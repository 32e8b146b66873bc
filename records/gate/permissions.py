"""First question: may this person do this with this record, and give these fields a value?"""

from django.utils.translation import gettext as _

from records.access import Access
from records.access.access import HIDDEN, WRITE
from records.gate.batch import Batch
from records.gate.draft import COLUMNS, Draft

#: What each kind of change asks for.
NEEDS = {"change": "change", "archive": "delete", "restore": "delete", "delete": "delete"}


def ask(batch: Batch) -> None:
    """Records that may not be seen are refused exactly like those that do not exist."""
    for draft in batch.sound():
        if draft.action == "create":
            if not batch.access.may("create", draft.record_type):
                draft.refuse(
                    "forbidden",
                    _("You may not create %(type)s.") % {"type": draft.record_type.plural_label},
                )
        elif not batch.access.allows("view", draft.was, draft.record_type):
            draft.refuse("not_found", _("There is no such record, or you may not see it."))
        elif not _may(batch.access, draft):
            draft.refuse("forbidden", _("You may see this record but not change it in this way."))
        elif _is_archived(draft) and not batch.access.authority:
            draft.refuse("archived", _("It is archived: restore it before changing it."))
    for draft in batch.judged("create", "change"):
        _fields(batch.access, draft)


def _is_archived(draft: Draft) -> bool:
    """A change of an archived record; the system's own recomputation reaches those too."""
    return (
        draft.action == "change"
        and draft.record is not None
        and draft.record.archived_at is not None
    )


def _may(access: Access, draft: Draft) -> bool:
    needed = NEEDS[draft.action]
    given = draft.change.values.keys()
    if draft.action == "change" and given and given <= set(COLUMNS):
        needed = "assign"
    return access.allows(needed, draft.was, draft.record_type)


def _fields(access: Access, draft: Draft) -> None:
    for key in draft.change.values:
        f = draft.record_type.all_fields.get(key)
        level = access.level(draft.record_type, key)
        if f is None or level == HIDDEN:
            draft.refuse("unknown_field", _("There is no field “%(key)s”.") % {"key": key}, key)
        elif not f.editable:
            draft.refuse(
                "read_only", _("“%(field)s” cannot be given a value.") % {"field": f.label}, key
            )
        elif level < WRITE:
            draft.refuse(
                "read_only", _("You may not change “%(field)s”.") % {"field": f.label}, key
            )
        else:
            draft.given.add(key)


def ask_after(batch: Batch) -> None:
    """Once values are known: who may hand a record to whom, and whether its maker may make it there."""
    for draft in batch.judged("create"):
        if draft.refused_fields & set(COLUMNS):
            continue
        if not batch.access.allows("create", draft, draft.record_type):
            draft.refuse(
                "outside_scope",
                _("You may not create a record for this owner and team."),
                "owner",
            )
    for draft in batch.judged("change"):
        moved = draft.changed() & set(COLUMNS)
        if moved and not batch.access.allows("assign", draft.was, draft.record_type):
            for key in sorted(moved):
                draft.refuse("forbidden", _("You may not give this record to somebody else."), key)
