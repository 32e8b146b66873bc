"""Segments whose number changes are told where an app evaluates segments, and nothing is told where none does."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q

from crm_config.live import live
from records import evaluated_segments
from records.models import Record
from records.simulation.figures import segments
from records.simulation.trial import Trial
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def trial(before: dict[str, Q], after: dict[str, Q]) -> Any:
    sides = [replace(live(), sections={"segments": each}) for each in (before, after)]
    return Trial(sides[0], SimpleNamespace(snapshot=sides[1]))


def test_changed_numbers_are_told(cast: Cast, monkeypatch: Any) -> None:
    mine = create("organisation", name="A", owner=cast.owner.pk)
    create("organisation", name="B")

    def finder(snapshot: Any) -> Any:
        def find(key: str) -> Any:
            q = snapshot.sections["segments"][key]
            return SimpleNamespace(
                q=lambda standpoint, reach: q, record_type=snapshot.types["organisation"]
            )

        return find

    monkeypatch.setattr(segments, "finder", finder)
    one = Q(pk=mine)
    told = segments.measure(trial({"a": one, "b": Q(), "c": one}, {"a": Q(), "b": Q(), "d": one}))
    assert told == [
        {"key": "a", "before": 1, "after": 2},
        {"key": "c", "before": 1, "after": None},
        {"key": "d", "before": None, "after": 1},
    ]
    assert Record.unscoped.count() == 2


def test_without_an_evaluator_nothing_is_told(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(evaluated_segments, "EVALUATOR", "records.no_such_evaluator")
    assert segments.measure(trial({"a": Q()}, {})) == []
