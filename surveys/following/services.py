"""The door in for follow-ups: made by rules, then taken, noted, closed and opened again by people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.live import live
from records.access import Access
from records.errors import Forbidden
from surveys.definitions import FollowUpDef, surveys_of
from surveys.following import doing, finishing, telling
from surveys.following.judging import Judged
from surveys.following.owners import owner_of, team_of
from surveys.following.visibility import may_work
from surveys.models import FollowUp, FollowUpStep, Response

Status, What = FollowUp.Status, FollowUpStep.What


def asks(rule: FollowUpDef) -> bool:
    """Whether somebody has to react. Rules that only keep values and lists ask nobody, unless they fail."""
    return bool(rule.to or rule.make)


def follow(row: Response, *, tells: bool = True, at: datetime | None = None) -> list[FollowUp]:
    """All rules whose condition holds, each in a transaction of its own. Done again, of answers that were changed,
    only values are set anew. Test answers are followed by nothing. Without `tells`, nobody hears of it;
    `at` is the moment, where that is not now."""
    survey = surveys_of(live()).get(row.survey)
    if survey is None or row.is_test or row.status != Response.Status.COMPLETED:
        return []
    judged = Judged(row, survey, live(), at)
    found = [_follow(rule, judged, tells=tells) for rule in judged.rules]
    return [made for made in found if made is not None]


@transaction.atomic
def _follow(rule: FollowUpDef, judged: Judged, *, tells: bool) -> FollowUp | None:
    held = FollowUp.objects.filter(response=judged.row, rule=rule.key).first()
    problems = doing.set_values(rule, judged)
    if held is not None:
        _add(held, problems)
        return held
    problems += doing.put_on_lists(rule, judged)
    if not asks(rule) and not problems:
        return None
    row = _make(rule, judged, problems)
    if tells and rule.notify and row.owner is not None:
        telling.tell(row, row.owner)
    return row


def _add(held: FollowUp, problems: list[str]) -> None:
    """Of answers that were changed since."""
    if new := [problem for problem in problems if problem not in held.problems]:
        FollowUp.objects.filter(pk=held.pk).update(problems=[*held.problems, *new])


def _make(rule: FollowUpDef, judged: Judged, problems: list[str]) -> FollowUp:
    now = judged.moment
    about = None if judged.survey.is_anonymous else judged.about
    owner = owner_of(rule, about, now) if asks(rule) else None
    if owner is None and asks(rule):
        problems.append(_("There is nobody here to whom it could fall."))
    made = None
    if rule.make:
        made, more = doing.make(rule, judged, owner)
        problems += more
    row = FollowUp.objects.create(
        response=judged.row,
        survey=judged.survey.key,
        rule=rule.key,
        record=about,
        made_id=made,
        owner=owner,
        team_id=team_of(about, owner),
        due_at=now + timedelta(days=rule.days),
        problems=problems,
    )
    _step(row, What.MADE, None, now)
    return row


def try_again(row: FollowUp, *, access: Access) -> list[str]:
    """What could not be done, once its cause was mended; what is wrong still. Raises `Forbidden`."""
    _insist(row, access)
    snapshot = live()
    survey = surveys_of(snapshot).get(row.survey)
    rule = next((r for r in survey.follow_ups if r.key == row.rule), None) if survey else None
    if survey is None or rule is None:
        raise Forbidden(_("The survey has no such rule any more."))
    with transaction.atomic():
        held = FollowUp.objects.select_for_update().get(pk=row.pk)
        judged = Judged(held.response, survey, snapshot)
        problems = doing.set_values(rule, judged) + doing.put_on_lists(rule, judged)
        if asks(rule) and held.owner is None:
            held.owner = owner_of(rule, held.record, timezone.now())
        if asks(rule) and held.owner is None:
            problems.append(_("There is nobody here to whom it could fall."))
        if rule.make and held.made_id is None:
            held.made_id, more = doing.make(rule, judged, held.owner)
            problems += more
        held.problems = problems
        held.save(update_fields=["owner", "made", "problems"])
        _step(held, What.MENDED, access, timezone.now(), " ".join(problems))
        if not asks(rule) and not problems:
            close(held, _("Done after all."), access=access)
    return problems


def take(row: FollowUp, *, access: Access) -> None:
    """It is one's own from now on, with its work. Raises `Forbidden`."""
    _insist(row, access)
    with transaction.atomic():
        finishing.hand_over(row, access.user_id, access=access)
        _change(row, What.TAKEN, access, owner=access.user, status=Status.DOING)


def note(row: FollowUp, words: str, *, access: Access) -> None:
    """What somebody learned or did on the way."""
    _insist(row, access)
    _step(row, What.NOTED, access, access.now, words)


def close(row: FollowUp, outcome: str, *, access: Access, stage: str = "") -> None:
    """With what came of it; its work is finished along with it, in `stage` where it has stages. Raises `Forbidden`,
    also where nothing is said."""
    _insist(row, access)
    if not outcome.strip():
        raise Forbidden(_("Say what came of it."))
    values = {"closed_at": access.now, "closed_by": access.user, "outcome": outcome.strip()}
    with transaction.atomic():
        finishing.finish(row, stage, access=access)
        _change(row, What.CLOSED, access, outcome, status=Status.CLOSED, **values)


def reopen(row: FollowUp, *, access: Access) -> None:
    """Alone: a call that was made stays made. Raises `Forbidden`."""
    _insist(row, access, closed=True)
    status = Status.DOING if row.owner_id else Status.OPEN
    _change(row, What.REOPENED, access, status=status, closed_at=None, closed_by=None, outcome="")


def _insist(row: FollowUp, access: Access, *, closed: bool = False) -> None:
    if not may_work(row, access):
        raise Forbidden(_("You may look at this follow-up, and not work on it."))
    if (row.status == Status.CLOSED) is not closed:
        raise Forbidden(_("Somebody else was faster: look at it again."))


def _change(row: FollowUp, what: str, access: Access, words: str = "", **values: object) -> None:
    """Of two at once, one is told that the other was faster."""
    with transaction.atomic():
        if not FollowUp.objects.filter(pk=row.pk, status=row.status).update(**values):
            raise Forbidden(_("Somebody else was faster: look at it again."))
        _step(row, what, access, access.now, words.strip())


def _step(row: FollowUp, what: str, access: Access | None, at: datetime, words: str = "") -> None:
    by = access.user if access else None
    FollowUpStep.objects.create(follow_up=row, what=what, by=by, at=at, words=words)
