"""Two people, one record: edits that do not overlap are merged, those that do are shown, both values."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Event


def merge(batch: Batch) -> None:
    """A change made from an older version keeps what others changed since, unless it changes the same
    field to something else; one query for all the stale changes of the batch."""
    for draft in batch.judged():
        _refuse_other_version(draft)
    stale = [d for d in batch.judged("change") if _is_stale(d)]
    if not stale:
        return
    since: dict[int, set[str]] = defaultdict(set)
    oldest = min(d.change.base_version or 0 for d in stale)
    rows = Event.objects.filter(
        record_id__in=[d.change.id for d in stale], version__gt=oldest
    ).values_list("record_id", "version", "changes", "actor__username")
    by_draft = {d.change.id: d for d in stale}
    people: dict[tuple[int, str], Any] = {}
    for record_id, version, changes, actor in rows:
        if version > (by_draft[record_id].change.base_version or 0):
            since[record_id].update(changes)
            for key in changes:
                people.setdefault((record_id, key), actor)
    for draft in stale:
        _compare(draft, since[draft.change.id or 0], people)


def _refuse_other_version(draft: Draft) -> None:
    """Versions that were never given out fit nothing; archiving and deleting leave nothing to merge."""
    base = draft.change.base_version
    if base is None or draft.record is None or base == draft.record.version:
        return
    if draft.action != "change" or base > draft.record.version:
        draft.refuse("stale", _("It was changed meanwhile: look at it again first."))


def _is_stale(draft: Draft) -> bool:
    base = draft.change.base_version
    return base is not None and draft.record is not None and base < draft.record.version


def _compare(draft: Draft, since: set[str], people: dict[tuple[int, str], Any]) -> None:
    for key in sorted(draft.given & since):
        theirs, mine = draft.before.get(key), draft.after.get(key)
        if theirs != mine:
            f = draft.record_type.field(key)
            draft.refuse(
                "conflict",
                _("Somebody else changed “%(field)s” meanwhile: choose which value to keep.")
                % {"field": f.label},
                key,
                theirs=theirs,
                mine=mine,
                by=people.get((draft.change.id or 0, key)),
            )
    draft.outcome.merged = bool(since) and draft.ok
