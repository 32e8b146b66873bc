"""What became of the sample answers: of late ones by their rules, of older ones as somebody left them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from records import services
from records.access import Access
from records.gate import Change
from records.models import Event, RecordLink
from surveys.definitions import FollowUpDef
from surveys.following import doing
from surveys.following.judging import Judged
from surveys.following.owners import owner_of, team_of
from surveys.following.services import asks, close, follow, take
from surveys.following.values import values
from surveys.models import FollowUp, FollowUpStep
from surveys.sample.chance import Chance
from surveys.sample.words import OUTCOMES

#: Answers of so many days are followed as answers that come in are: with tasks, through the gate.
LATE = 21
CHUNK = 200
What = FollowUpStep.What


def follow_all(found: Sequence[Judged], chance: Chance, now: datetime) -> None:
    _keep_values(found)
    for judged in found:
        at = judged.row.completed_at or now
        if at >= now - timedelta(days=LATE):
            _as_usual(judged, at, chance, now)
        else:
            for rule in judged.rules:
                if asks(rule):
                    _long_ago(rule, judged, at, chance, now)


def _as_usual(judged: Judged, at: datetime, chance: Chance, now: datetime) -> None:
    """Of those whose time is over, their owners closed most; some others they have taken."""
    for row in follow(judged.row, tells=False, at=at):
        FollowUp.objects.filter(pk=row.pk).update(created_at=at)
        if row.owner is None or row.due_at is None:
            continue
        access = replace(Access.of(row.owner), now=min(row.due_at, now))
        if row.due_at < now and chance.of(70):
            close(row, chance.rng.choice(OUTCOMES), access=access)
        elif chance.of(30):
            take(row, access=access)


def _long_ago(
    rule: FollowUpDef, judged: Judged, at: datetime, chance: Chance, now: datetime
) -> None:
    """Nearly all were closed within days; one or the other was forgotten."""
    about = None if judged.survey.is_anonymous else judged.about
    owner = owner_of(rule, about, now)
    row = FollowUp.objects.create(
        response=judged.row,
        survey=judged.survey.key,
        rule=rule.key,
        record=about,
        owner=owner,
        team_id=team_of(about, owner),
        due_at=at + timedelta(days=rule.days),
    )
    FollowUpStep.objects.create(follow_up=row, what=What.MADE, at=at)
    FollowUp.objects.filter(pk=row.pk).update(created_at=at)
    if at > now - timedelta(days=60) and chance.of(25):
        return
    ended = at + timedelta(days=chance.rng.randint(0, 4), hours=chance.rng.randint(1, 7))
    outcome = chance.rng.choice(OUTCOMES)
    FollowUpStep.objects.create(follow_up=row, what=What.CLOSED, by=owner, at=ended, words=outcome)
    FollowUp.objects.filter(pk=row.pk).update(
        status=FollowUp.Status.CLOSED, closed_at=ended, closed_by=owner, outcome=outcome
    )


def _keep_values(found: Sequence[Judged]) -> None:
    """What rules set on persons, by the last answer of each: one change for each person."""
    last: dict[tuple[int, str], Judged] = {}
    for judged in found:
        if judged.person_id is not None:
            last[judged.person_id, judged.survey.key] = judged
    given: dict[int, dict[str, object]] = {}
    for (person, _survey), judged in last.items():
        view = judged.view("person")
        if view is None:
            continue
        for rule in judged.rules:
            kept, _gone = doing.known(_on_its_day(rule, judged), view.type)
            given.setdefault(person, {}).update(kept)
    changes = [Change("change", id=pk, values=kept) for pk, kept in given.items() if kept]
    for start in range(0, len(changes), CHUNK):
        services.execute(
            changes[start : start + CHUNK],
            access=Access.system(),
            channel=Event.Channel.SURVEY,
            partial=True,
        )
    _work_out([change.id for change in changes if change.id], found)


def _on_its_day(rule: FollowUpDef, judged: Judged) -> dict[str, object]:
    """“Today” is the day on which it was answered."""
    answered = judged.row.completed_at
    day = answered.date().isoformat() if answered else None
    given = {key: day if raw == {"today": 0} else raw for key, raw in rule.set.items()}
    return values(given, judged)


def _work_out(persons: Sequence[int], found: Sequence[Judged]) -> None:
    """Averages over the persons of an organisation."""
    rows = RecordLink.objects.filter(source__in=persons, field="organisation")
    wanted = sorted(set(rows.values_list("target", flat=True)))
    for start in range(0, len(wanted), CHUNK):
        services.recompute(wanted[start : start + CHUNK], snapshot=found[0].snapshot)
