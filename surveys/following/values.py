"""Where the values that a rule sets come from: an answer, the record, the day, the course of a person's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import translation

from crm_config import labels
from surveys.following.judging import Judged
from surveys.models import Answer, Response

#: How a raw value says where it comes from. Anything else is meant as it stands, with merge fields in texts.
SOURCES = ("answer", "from", "today", "trend", "score", "text")
UP, SAME, DOWN = "up", "same", "down"


def source_of(raw: Any) -> str:
    """The key that says where it comes from, or nothing."""
    if isinstance(raw, Mapping) and len(raw) == 1:
        key = str(next(iter(raw)))
        return key if key in SOURCES else ""
    return ""


def texts_in(raw: Any) -> Iterator[str]:
    """Texts that may name answers and fields."""
    if isinstance(raw, str):
        yield raw
    elif source_of(raw) == "text" and isinstance(raw["text"], Mapping):
        yield from (text for text in raw["text"].values() if isinstance(text, str))


def values(given: Mapping[str, Any], judged: Judged) -> dict[str, Any]:
    """What was not answered sets nothing."""
    found = {key: _one(raw, judged) for key, raw in given.items()}
    return {key: value for key, value in found.items() if value is not None}


def _one(raw: Any, judged: Judged) -> Any:
    kind = source_of(raw)
    if kind == "answer":
        return judged.answer(raw["answer"])
    if kind == "from":
        view = judged.view("record")
        try:
            return view.json(raw["from"]) if view else None
        except KeyError:
            return None
    if kind == "today":
        today = judged.moment.astimezone(judged.filling.access.tz).date()
        return (today + timedelta(days=int(raw["today"] or 0))).isoformat()
    if kind == "trend":
        return trend(judged, raw["trend"])
    if kind == "score":
        return judged.row.score
    if kind == "text":
        # Records of the house are in its first language, whatever that of whoever answered.
        with translation.override(judged.snapshot.company.languages[0]):
            return judged.said(labels.text(raw["text"]))
    return judged.said(raw) if isinstance(raw, str) else raw


def trend(judged: Judged, question: str) -> str | None:
    """Against what the person answered to it the time before; None where there was none."""
    number = judged.answer(question)
    if judged.person_id is None or not isinstance(number, int | float):
        return None
    earlier = Answer.objects.filter(
        question=question,
        part="",
        number__isnull=False,
        response__person=judged.person_id,
        response__survey=judged.survey.key,
        response__status=Response.Status.COMPLETED,
        response__is_test=False,
        response__lt=judged.row.pk,
    )
    before = earlier.order_by("-response_id").values_list("number", flat=True).first()
    if before is None:
        return None
    return SAME if number == before else UP if number > before else DOWN
