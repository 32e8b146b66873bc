"""First question: may this person do this with this record, and give these fields a value?"""

from django.utils.translation import gettext as _

from records.access import Access
from records.access.levels import HIDDEN, WRITE
from records.access.scopes import Owned
from records.gate.batch import Batch
from records.gate.draft import COLUMNS, RIGHTS, STAGE, Draft
from records.gate.subjects import subject_of

#: What each kind of change asks for.
NEEDS = {
    "change": "change",
    "archive": "delete",
    "restore": "delete",
    "delete": "delete",
    "share": "share",
    "unshare": "share",
}


def ask(batch: Batch) -> None:
    """Records that may not be seen are refused exactly like those that do not exist."""
    for draft in batch.sound():
        if batch.access.read_only:
            draft.refuse("forbidden", _("You only look: nothing can be changed now."))
        elif draft.action == "create":
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
    if draft.action == "change" and given and given <= RIGHTS.keys():
        wanted = {RIGHTS[key] for key in given}
        return all(access.allows(needed, draft.was, draft.record_type) for needed in wanted)
    return access.allows(needed, draft.was, draft.record_type)


def _fields(access: Access, draft: Draft) -> None:
    for key in draft.change.values:
        f = draft.record_type.all_fields.get(key)
        level = _level(access, draft, key)
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


def _level(access: Access, draft: Draft, key: str) -> int:
    """On this record; of a new one, which is not known yet, the best that it could be."""
    if draft.action == "create":
        return access.level(draft.record_type, key)
    return access.level_of(draft.was, draft.record_type, key, to=RIGHTS.get(key, "change"))


def ask_after(batch: Batch) -> None:
    """Once values are known: who may hand a record to whom, and whether its maker may make it there. Where that
    depends on more than owner and team, `ask_at_last` asks."""
    for draft in batch.judged("create"):
        if not draft.refused_fields & set(COLUMNS) and not _depends(batch.access, draft):
            _make(batch.access, draft)
    for draft in batch.judged("change"):
        if STAGE in draft.changed() and not batch.access.allows(
            "transition", draft.was, draft.record_type
        ):
            draft.refuse("forbidden", _("You may not move this record to another stage."), STAGE)
        moved = draft.changed() & set(COLUMNS)
        if moved and not batch.access.allows("assign", draft.was, draft.record_type):
            for key in sorted(moved):
                draft.refuse("forbidden", _("You may not give this record to somebody else."), key)


def ask_at_last(batch: Batch) -> None:
    """Of new records, once all their values are known, computed ones too: what depends on those."""
    for draft in batch.sound("create"):
        if _depends(batch.access, draft):
            _make(batch.access, draft)
        _guarded(batch.access, draft)


def _depends(access: Access, draft: Draft, action: str = "create") -> bool:
    return any(
        grant.scope in ("condition", "participant")
        for asker in access.askers
        for grant in asker.granted(draft.record_type, action)
    )


def to_be_made(access: Access, draft: Draft, action: str = "create") -> Owned:
    """A new record as the grants of an action look at it: whose it is, or, where they ask for more, all of it."""
    return subject_of(draft, access.snapshot) if _depends(access, draft, action) else draft


def _make(access: Access, draft: Draft) -> None:
    made = to_be_made(access, draft)
    if access.allows("create", made, draft.record_type):
        return
    draft.refuse(
        "outside_scope",
        _("You may not create such a record.")
        if made is not draft
        else _("You may not create a record for this owner and team."),
        None if made is not draft else "owner",
    )


def _guarded(access: Access, draft: Draft) -> None:
    """Fields that may be written on some records alone: on this one?"""
    fields = access.fields_of(draft.record_type)
    given = [key for key in draft.given if key in fields.conditional]
    if not given:
        return
    made = subject_of(draft, access.snapshot)
    for key in sorted(given):
        if fields.level_of(made, key, to="create") < WRITE:
            f = draft.record_type.all_fields[key]
            draft.refuse(
                "read_only",
                _("You may not give “%(field)s” a value on such a record.") % {"field": f.label},
                key,
            )
