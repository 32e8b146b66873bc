"""A survey about organisations, and answers to it as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from crm_config.models import User
from records.access import Access
from surveys.definitions import SurveyDef
from surveys.models import Answer, Invitation, Response
from surveys.results.asking import Asked
from surveys.results.chosen import Chosen

NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
_numbers = count(1)


def item(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "labels": {"en": f"About {key}?"}, **more}


REASONS = [{"key": "price", "labels": {"en": "Price"}}, {"key": "care", "labels": {"en": "Care"}}]


def page(key: str, *items: dict[str, Any]) -> dict[str, Any]:
    sections = [{"key": "all", "items": list(items)}]
    return {"key": key, "labels": {"en": key.capitalize()}, "sections": sections}


def survey(**more: Any) -> dict[str, Any]:
    """Of two pages. With `key` or `type` and whatever else it is to say."""
    return {
        "key": "relation",
        "type": "organisation",
        "labels": {"en": "Relationship"},
        "steps": [
            page("first", item("likely", "nps"), item("words", "long_text")),
            page(
                "second",
                item("happy", "csat"),
                item("why", "multiple_choice", options={"options": REASONS}),
            ),
        ],
        "ends": [{"key": "thanks"}],
        **more,
    }


def chosen(user: User | None, definition: Mapping[str, Any], **asked: str) -> Chosen:
    """As somebody asks, at a fixed moment, with this survey published."""
    access = Access.of(user) if user else Access.system()
    found = SurveyDef.of(definition)
    held = {**access.snapshot.sections, "surveys": {found.key: found}}
    snapshot = replace(access.snapshot, sections=held)
    return Chosen(found, replace(access, snapshot=snapshot, now=NOW), Asked.of(asked))


def answer(
    record: int | None = None,
    *,
    person: int | None = None,
    days_ago: float = 0,
    survey: str = "relation",
    status: str = Response.Status.COMPLETED,
    version: int = 1,
    seconds: Mapping[str, float] | None = None,
    step: str = "",
    invitation: Invitation | None = None,
    is_test: bool = False,
    **given: Any,
) -> Response:
    """A number, a text, or a list of options for each question."""
    at = NOW - timedelta(days=days_ago)
    completed = status == Response.Status.COMPLETED
    response = Response.objects.create(
        survey=survey,
        config_version=version,
        status=status,
        is_test=is_test,
        key=f"test-{next(_numbers)}",
        record_id=record,
        person_id=person or record,
        invitation=invitation,
        seconds=dict(seconds or {}),
        step=step,
        started_at=at,
        completed_at=at if completed else None,
    )
    rows = [row for key, value in given.items() for row in _rows(response, key, value)]
    Answer.objects.bulk_create(rows)
    return response


def _rows(response: Response, question: str, value: Any) -> list[Answer]:
    if isinstance(value, str):
        return [Answer(response=response, question=question, text=value)]
    if isinstance(value, list):
        return [Answer(response=response, question=question, option=key) for key in value]
    return [Answer(response=response, question=question, number=value)]


def answers(likely: list[int], *records: int | None, **more: Any) -> None:
    """One for each score, about the records in turn."""
    for n, score in enumerate(likely):
        answer(records[n % len(records)] if records else None, likely=score, **more)
