"""A draft that takes stages or moves away tells which records that concerns, and where they go."""

from typing import Any

import pytest

from crm_config.compiler import Draft
from crm_config.live import live, numbers
from crm_config.models import ConfigSnapshot
from records.access import Access
from records.simulation.services import start
from records.simulation.trial import Trial
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of
from tests.workflows.pipelines.world import STAGES, TRANSITIONS, company, move, pipeline, publish
from workflows.models import Pipeline
from workflows.pipelines import figure, working_copy

pytestmark = pytest.mark.django_db


@kept
def deals(cast: Cast) -> None:
    publish()
    for name in "AB":
        pk = create("deal", cast.owner, name=name, amount="5 EUR")
        assert move(pk, "offer", cast.owner).ok
    create("deal", cast.owner, name="C")


def told(**more: Any) -> list[tuple[str, int, str, str]]:
    draft = Draft(company(pipeline(**more)), numbers())
    found = figure.measure(Trial(live(), draft))
    return [(row["stage"], row["number"], row["what"], row["to"]) for row in found]


def changed(key: str, **more: Any) -> list[dict[str, Any]]:
    return [{**stage, **more} if stage["key"] == key else stage for stage in STAGES]


def test_what_stays_as_it_is_is_not_told(deals: None) -> None:
    assert told() == []


def test_a_stage_that_is_removed(deals: None) -> None:
    without = [stage for stage in STAGES if stage["key"] != "offer"]
    assert told(stages=without, transitions=[]) == [("offer", 2, "gone", "new")]


def test_a_stage_that_is_closed(deals: None) -> None:
    closed = changed("offer", retired=True, moved_to="review")
    assert told(stages=closed) == [("offer", 2, "closed", "review")]
    assert told(stages=changed("offer", retired=True)) == [("offer", 2, "closed", "")]


def test_a_stage_that_nothing_leads_out_of_any_more(deals: None) -> None:
    only = [t for t in TRANSITIONS if t["key"] == "offering"]
    assert told(transitions=only) == [("offer", 2, "stuck", "")]


def test_it_is_shown_with_its_names(cast: Cast, deals: None) -> None:
    row = Pipeline.objects.get(key="deals")
    working_copy.retire_stage(row, "offer", moved_to="review")
    simulation = start(user=cast.administrator, inline=True)
    assert ConfigSnapshot.objects.count() == 2
    [line] = figure.shown(simulation.result["stages"], simulation, Access.of(cast.administrator))
    assert (line.type, line.stage, line.number, line.to) == ("Deals", "Offer", 2, "Review")
    page = browser(cast.administrator).get(f"/admin/studio/simulation/{simulation.pk}/")
    assert "they go to “Review”" in text_of(page)
