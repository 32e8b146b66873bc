"""What the rules of a survey, as they are being written, would have followed up of late: how many answers fit each,
with some of the records behind them that whoever looks may see. Only answers count that they may read as results; what
the record brings along is asked of nobody's answers, and of an anonymous survey nothing is told: whoever writes
conditions could find anybody by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from crm_config.definitions import Snapshot
from crm_config.field_types.base import LinkLabel
from forms_builder.engine.logic import Broken
from records.access import Access
from records.selectors.names import link_labels
from surveys.definitions import FollowUpDef, SurveyDef, surveys_of
from surveys.following.answers import leading, leading_label
from surveys.following.judging import Judged
from surveys.models import Response
from surveys.questions import brought_along
from surveys.results.reach import reached

DAYS = 90
#: The newest: more take too long while somebody waits.
MOST = 1_000
SAMPLES = 5
#: So many of those that fit are asked about, until some of them may be seen.
LOOKED_FOR = 50


@dataclass(frozen=True, eq=False)
class Sample:
    said: str
    at: datetime | None
    record: LinkLabel


@dataclass(eq=False)
class Tried:
    rule: FollowUpDef
    tried: bool = True
    number: int = 0
    fitting: list[Judged] = field(default_factory=list)
    samples: Sequence[Sample] = ()


@dataclass(frozen=True)
class Past:
    """`looked`: how many answers were tried; `all`: whether there are no more of these days."""

    looked: int
    all: bool
    anonymous: bool
    rules: Sequence[Tried]


def past(survey: SurveyDef, snapshot: Snapshot, access: Access) -> Past:
    published = surveys_of(access.snapshot).get(survey.key)
    if survey.is_anonymous or published is None or published.is_anonymous:
        return Past(0, True, survey.is_anonymous or published is not None, ())
    rows = Response.objects.filter(
        reached(published, access),
        survey=survey.key,
        status=Response.Status.COMPLETED,
        is_test=False,
        completed_at__gte=access.now - timedelta(days=DAYS),
    )
    newest = rows.select_related("invitation", "link", "record", "person").order_by("-pk")
    found = list(newest[: MOST + 1])
    tried = {rule.key: Tried(rule, tried=_asks_answers(rule, survey)) for rule in survey.follow_ups}
    for row in found[:MOST]:
        # What the record brought along then is told by no draft, whatever that calls it now.
        row.values = {k: v for k, v in row.values.items() if k not in row.fixed}
        row.fixed = {}
        judged = Judged(row, survey, snapshot)
        for rule in _rules(judged):
            one = tried[rule.key]
            if not one.tried:
                continue
            one.number += 1
            if len(one.fitting) < LOOKED_FOR:
                one.fitting.append(judged)
    _show(tried.values(), access, survey)
    return Past(len(found[:MOST]), len(found) <= MOST, False, list(tried.values()))


def _rules(judged: Judged) -> list[FollowUpDef]:
    """None of a survey whose logic cannot be read: its problems are told elsewhere."""
    try:
        return judged.rules
    except Broken:
        return []


def _asks_answers(rule: FollowUpDef, survey: SurveyDef) -> bool:
    brought = {item.key for item in survey.questions.values() if brought_along(item)}
    return brought.isdisjoint(_named(rule.when))


def _named(raw: Any) -> Iterator[str]:
    """All texts of a condition, fields among them."""
    if isinstance(raw, str):
        yield raw
    for each in raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else ():
        yield from _named(each)


def _show(tried: Iterable[Tried], access: Access, survey: SurveyDef) -> None:
    ids = {j.row.record_id for one in tried for j in one.fitting if j.row.record_id}
    labels = link_labels(ids, access=access)
    seen = {pk: label for pk, label in labels.items() if label.visible}
    for one in tried:
        shown = [j for j in one.fitting if j.row.record_id in seen][:SAMPLES]
        one.samples = [
            Sample(_said(j, survey), j.row.completed_at, seen[j.row.record_id or 0]) for j in shown
        ]


def _said(judged: Judged, survey: SurveyDef) -> str:
    key = leading(survey)
    number = judged.answer(key) if key else None
    return "" if number is None else f"{leading_label(survey)} {number}"
