"""The sample company's surveys: who was asked over eighteen months, what they said, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from crm_config.live import live
from records.gate.handover import nobody_told
from surveys.definitions import SurveyDef, survey_of
from surveys.models import Dispatch, FollowUp, OpenLink
from surveys.sample import asked, chance
from surveys.sample.asked import Asked
from surveys.sample.chance import Chance
from surveys.sample.followed import follow_all
from surveys.sample.writing import Writer

#: In percent, who answers when asked.
RATE = 42
STAFF = 9
Values = Callable[[Asked, str], dict[str, Any]]


def load(now: datetime) -> int:
    """Once: what was loaded before is left as it is. Surveys that are not published ask nobody. How many records
    the follow-ups made."""
    if Dispatch.objects.filter(key__startswith="sample:").exists():
        return 0
    drawn = Chance()
    with translation.override("en"), nobody_told():
        writer = Writer(live(), drawn, now)
        _ask(writer, drawn, now)
        found = writer.write()
        if found:
            follow_all(found, drawn, now)
    for key, name in (("event_feedback", "Fair"), ("nps", "Website")):
        if survey_of(live(), key) is not None:
            OpenLink.objects.create(survey=key, kind=OpenLink.Kind.PUBLIC, name=name)
    return FollowUp.objects.filter(response__key__startswith="sample:").exclude(made=None).count()


def _ask(writer: Writer, drawn: Chance, now: datetime) -> None:
    snapshot = writer.snapshot
    middles: dict[int, float] = {}

    def nps(each: Asked, language: str) -> dict[str, Any]:
        """Each person has an opinion of their own, and on the whole it becomes better."""
        middle = middles.setdefault(each.person.pk, drawn.rng.gauss(7.6, 1.5))
        return chance.nps(drawn, middle + 0.15 * each.wave, language)

    def csat(each: Asked, language: str) -> dict[str, Any]:
        known = each.record.data.get("satisfaction")
        return chance.csat(drawn, known if isinstance(known, int) else None, language)

    once, contacts = asked.once, asked.of_orders(snapshot)
    rounds: dict[str, tuple[Iterable[Asked], Values]] = {
        "nps": (asked.in_waves(snapshot, drawn, now), nps),
        "csat_request": (
            once(snapshot, "request", "requester", now, field="solved_at", days=0),
            csat,
        ),
        "ces_onboarding": (
            once(snapshot, "order", "person", now, field="delivered_on", days=14, also=contacts),
            lambda each, language: chance.ces(drawn, language),
        ),
        "lost_deal": (
            once(snapshot, "opportunity", "contacts", now, field="closed_on", days=3),
            lambda each, language: chance.lost(drawn, language),
        ),
        "event_feedback": (
            once(snapshot, "campaign_member", "person", now, field="answered_at", days=1),
            lambda each, language: chance.event(drawn, language),
        ),
    }
    for key, (people, say) in rounds.items():
        survey = survey_of(snapshot, key)
        if survey is not None:
            _round(writer, survey, people, say)
    pulse = survey_of(snapshot, "pulse")
    if pulse is not None and pulse.is_anonymous:
        _pulse(writer, pulse, drawn, now)


def _round(writer: Writer, survey: SurveyDef, people: Iterable[Asked], say: Values) -> None:
    for each in people:
        if survey.key == "lost_deal" and each.record.stage != "lost":
            continue
        row = writer.ask(survey, each, writer.dispatch(survey, each.at))
        if row.status != row.Status.BOUNCED and writer.chance.of(RATE):
            writer.answer(survey, each, row, say(each, row.language))


def _pulse(writer: Writer, survey: SurveyDef, drawn: Chance, now: datetime) -> None:
    """Each month most of the staff; busy months press on the mood."""
    link = OpenLink.objects.create(survey=survey.key, name="Intranet")
    for month in range(asked.MONTHS, -1, -1):
        at = now - timedelta(days=30 * month + 2)
        middle = 3.9 - (0.6 if at.month in (3, 11, 12) else 0)
        for number in range(drawn.rng.randint(6, STAFF)):
            writer.anonymous(survey, link, at, number, chance.pulse(drawn, middle))
