"""What the work of a follow-up comes from, as the day, its dialogs and the page of the record tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from records.access import Access
from records.errors import Forbidden, NotVisible
from surveys.definitions import surveys_of
from surveys.following import services, voices
from surveys.following.names import rule_of
from surveys.following.visibility import get, visible
from surveys.models import FollowUp
from workflows.todo.origins import After, Origin

KEY = "follow_ups"
CLOSED = FollowUp.Status.CLOSED


class FromFollowUps:
    def of(self, ids: Iterable[int], *, access: Access) -> Mapping[int, Origin]:
        if not surveys_of(access.snapshot):
            return {}
        rows = list(visible(access).filter(made__in=ids))
        mine = _workable(rows, access)
        return {
            line.row.made_id: _origin(line, access, asks=line.row.pk in mine)
            for line in voices.lines(rows, access)
            if line.row.made_id is not None
        }

    def after(self, origin: Origin, record_id: int, words: str, *, access: Access) -> After:
        """What was said closes it; where a next step goes on with it, it is noted."""
        try:
            row = get(origin.pk, access=access)
            if words and row.status != CLOSED:
                told = services.close if row.made_id == record_id else services.note
                told(row, words, access=access)
                row = get(origin.pk, access=access)
        except NotVisible:
            return After("")
        except Forbidden as refused:
            kept = _("You had written: %(words)s") % {"words": words} if words else ""
            return After(f"{refused.message} {kept}".strip(), origin.url, _("See the follow-up"))
        return _became(row, origin, record_id)


def _became(row: FollowUp, origin: Origin, record_id: int) -> After:
    if row.status == CLOSED:
        return After(_("The follow-up is closed with it."))
    if row.made_id != record_id:
        return After(_("The follow-up goes on with the next step."))
    return After(
        _("The follow-up waits for what came of it."), origin.url, _("Say what came of it")
    )


def _origin(line: voices.Line, access: Access, *, asks: bool) -> Origin:
    row, rule = line.row, rule_of(line.row, access.snapshot)
    words = _("Follow-up: %(said)s") % {"said": line.said or line.rule}
    found = Origin(KEY, row.pk, words, reverse("voices:follow_up", args=[row.pk]))
    if row.status == CLOSED:
        return found
    if rule is None or not rule.outcome:
        then = _("The follow-up is closed with it, unless there is a next step.")
        return Origin(KEY, row.pk, words, found.url, then)
    then = _("The follow-up is closed with what came of it, unless there is a next step.")
    return Origin(KEY, row.pk, words, found.url, then, _("What came of it") if asks else "")


def _workable(rows: list[FollowUp], access: Access) -> set[int]:
    """Those that the reader works on; asked only where a rule wants to know what came of it."""
    asking = [r.pk for r in rows if (rule := rule_of(r, access.snapshot)) and rule.outcome]
    if not asking or access.read_only:
        return set()
    return set(visible(access, "change").filter(pk__in=asking).values_list("pk", flat=True))
