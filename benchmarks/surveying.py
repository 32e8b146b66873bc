"""A page of results over 100,000 answers, for somebody who sees some of the records and for who sees all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.clock import once
from benchmarks.world import World
from crm_config import publication
from crm_config.live import live
from records.access import Access
from records.models import Record
from surveys.definitions import surveys_of
from surveys.models import Answer, Response
from surveys.results.asking import Asked
from surveys.results.chosen import Chosen
from surveys.results.report import Report, report
from surveys.results.summary.document import summary
from surveys.section import SurveySection

RESPONSES, CHUNK = 25_000, 5_000
#: Each response answers four questions.
QUESTIONS = (
    ("likely", "nps"),
    ("happy", "csat"),
    ("which", "single_choice"),
    ("words", "long_text"),
)
WORDS = ("delivery", "price", "support", "advice", "quality", "speed", "late", "friendly", "slow")
ROUNDS = 5


def told(world: World) -> str:
    publish()
    fill()
    everything = measured(Access.system())
    some = measured(Access.of(world.user))
    return (
        f"Results of a survey: {RESPONSES * len(QUESTIONS):,} answers of {RESPONSES:,} responses, with a split by "
        f"owner and the trend by week: {everything} for who sees all records, {some} for who sees some; "
        f"written as a PDF summary: {written(Access.system())}."
    )


def publish() -> None:
    options = [{"key": key, "labels": {"en": key}} for key in ("one", "two", "three")]
    items = [
        {"key": key, "kind": kind, **({"options": {"options": options}} if key == "which" else {})}
        for key, kind in QUESTIONS
    ]
    raw = {
        "key": "load",
        "type": "deal",
        "labels": {"en": "Load"},
        "steps": [{"key": "one", "sections": [{"key": "all", "items": items}]}],
        "ends": [{"key": "thanks"}],
    }
    SurveySection().load([raw], replace=False)
    publication.publish(user=None, reason="load")


def fill() -> None:
    rng, now, version = random.Random(7), timezone.now(), live().version
    ids = list(Record.unscoped.of(live().types["deal"]).values_list("pk", flat=True)[:RESPONSES])
    for start in range(0, RESPONSES, CHUNK):
        rows = Response.objects.bulk_create(
            Response(
                survey="load",
                config_version=version,
                status=Response.Status.COMPLETED,
                key=f"load-{n}",
                record_id=ids[n % len(ids)],
                person_id=ids[n % len(ids)],
                step="one",
                seconds={"one": rng.randint(3, 300)},
                started_at=(at := now - timedelta(days=rng.random() * 540)),
                completed_at=at,
            )
            for n in range(start, start + CHUNK)
        )
        Answer.objects.bulk_create(a for row in rows for a in answers(row, rng))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE surveys_response")
        cursor.execute("ANALYZE surveys_answer")


def answers(row: Response, rng: random.Random) -> Iterator[Answer]:
    yield Answer(response=row, question="likely", number=rng.randint(0, 10))
    yield Answer(response=row, question="happy", number=rng.randint(1, 5))
    yield Answer(response=row, question="which", option=rng.choice(("one", "two", "three")))
    yield Answer(response=row, question="words", text=" ".join(rng.choices(WORDS, k=8)))


def measured(access: Access) -> str:
    asked = Asked(days="365", by="week", split="owner")

    def ask() -> Report:
        # Anew each time, as for each page: what was found once is kept with it.
        return report(Chosen(surveys_of(live())["load"], replace(access), asked))

    with CaptureQueriesContext(connection) as found:
        ask()
    took = median(once(ask) for _turn in range(ROUNDS))
    return f"{took:,.0f} ms in {len(found)} queries"


def written(access: Access) -> str:
    """Once everything is counted."""
    found = report(Chosen(surveys_of(live())["load"], access, Asked(days="365", by="week")))
    made = summary(found)
    took = median(once(lambda: summary(found)) for _turn in range(ROUNDS))
    return f"{len(made) / 1000:,.0f} KB in {took:,.0f} ms"
