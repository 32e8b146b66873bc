"""How many of those who were asked answered, how many of those who began came to the end, and where the others
stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, FloatField, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Round

from surveys.models import Invitation, Response
from surveys.piping import for_all
from surveys.results import reach
from surveys.results.chosen import COMPLETED, Chosen
from surveys.scores.median import median
from surveys.scores.wilson import Share

Status = Invitation.Status
#: That of an anonymous survey does not keep when.
ANSWERED = Q(completed_at__isnull=False) | Q(status=Status.COMPLETED)
STARTED = ANSWERED | Q(started_at__isnull=False)


@dataclass(frozen=True)
class Rates:
    """`answered`: of the invitations that arrived. `finished`: of the responses that were begun."""

    invited: int
    not_delivered: int
    opened: int
    started: int
    answered: Share
    finished: Share


@dataclass(frozen=True)
class PageRate:
    """`reached` had it before them, `left` were never seen again after it. `median` is in seconds, None where too few
    sent it."""

    key: str
    label: str
    reached: int
    left: Share
    median: float | None


def rates(chosen: Chosen) -> Rates:
    """Two queries."""
    asked = invitations(chosen).aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        lost=Count("pk", filter=Q(status=Status.BOUNCED)),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        started=Count("pk", filter=STARTED),
        completed=Count("pk", filter=ANSWERED),
    )
    begun = chosen.all_begun.aggregate(
        all=Count("pk"), completed=Count("pk", filter=Q(status=COMPLETED))
    )
    arrived = asked["sent"] - asked["lost"]
    return Rates(
        asked["sent"],
        asked["lost"],
        asked["opened"],
        asked["started"],
        Share(min(asked["completed"], arrived), arrived),
        Share(begun["completed"], begun["all"]),
    )


def invitations(chosen: Chosen) -> QuerySet[Invitation]:
    """Those that were sent in the period. That somebody was asked is known also where what they said is nobody's."""
    rows = Invitation.objects.filter(
        chosen.within("sent_at"), survey=chosen.survey.key, sent_at__isnull=False
    )
    if not chosen.survey.is_anonymous:
        rows = rows.filter(reach.reached(chosen.survey, chosen.access), chosen.segment_q)
    elif not reach.reads_nobodys(chosen.survey, chosen.access):
        rows = rows.none()
    return rows.order_by()


def pages(chosen: Chosen) -> Sequence[PageRate]:
    """Of the survey's pages, in order. Two queries, however many pages there are."""
    steps = chosen.survey.steps
    wanted: dict[str, Any] = {}
    for n, step in enumerate(steps):
        here = Q(step=step.key)
        wanted[f"reached_{n}"] = Count("pk", filter=here | Q(seconds__has_key=step.key))
        wanted[f"left_{n}"] = Count("pk", filter=here & Q(status=Response.Status.PARTIAL))
    found = chosen.all_begun.aggregate(**wanted)
    times = _times(chosen)
    return [
        PageRate(
            step.key,
            for_all(step.label) or str(n + 1),
            found[f"reached_{n}"],
            Share(found[f"left_{n}"], found[f"reached_{n}"]),
            _median(times.get(step.key, {}), chosen.floor),
        )
        for n, step in enumerate(steps)
    ]


def _median(counts: Mapping[float, int], floor: int) -> float | None:
    return median(counts) if sum(counts.values()) >= floor else None


def _times(chosen: Chosen) -> Mapping[str, Mapping[float, int]]:
    """By page, how often each number of whole seconds was taken."""
    parts = [_times_on(chosen, step.key) for step in chosen.survey.steps]
    found: dict[str, dict[float, int]] = {}
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    for page, seconds, n in rows:
        found.setdefault(page, {})[seconds] = n
    return found


def _times_on(chosen: Chosen, page: str) -> QuerySet[Any]:
    rows = chosen.all_begun.filter(seconds__has_key=page)
    taken = Round(Cast(KT(f"seconds__{page}"), FloatField()))
    return (
        rows.annotate(page=Value(page), taken=taken)
        .values_list("page", "taken")
        .annotate(n=Count("pk"))
    )
