"""Records that came before their pipeline, or whose stage was closed, are put where they belong."""

from typing import Any

import pytest

from jobs.services import run_pending
from records.models import Event, Record
from tests import company as small
from tests.cast import Cast, create
from tests.kept import kept
from tests.workflows.pipelines.world import STAGES, company, move, pipeline, publish, stage_of

pytestmark = pytest.mark.django_db

BIG = {"field": "amount", "op": "gte", "value": "1000 EUR"}


@kept
def before(cast: Cast) -> list[int]:
    return [create("deal", cast.owner, name=n, amount=a) for n, a in (("A", "5"), ("B", "5000"))]


def test_records_that_came_before_begin_at_the_start(cast: Cast, before: list[int]) -> None:
    publish()
    assert [stage_of(pk) for pk in before] == [None, None]
    run_pending()
    assert [stage_of(pk) for pk in before] == ["new", "new"]
    event = Event.objects.filter(record_id=before[0]).latest("id")
    assert (event.channel, event.actor_id) == ("system", None)
    assert event.changes["stage"] == [None, "new"]


def test_each_goes_into_the_pipeline_that_takes_it(cast: Cast, before: list[int]) -> None:
    careful = [{"key": "careful", "start": True}]
    big = pipeline(key="big", order=1, condition=BIG, stages=careful, transitions=[])
    publish(big, pipeline())
    run_pending()
    assert [stage_of(pk) for pk in before] == ["new", "careful"]


def test_a_field_can_tell_the_stage(cast: Cast) -> None:
    deal: dict[str, Any] = small.deal()
    deal["fields"].append(
        small.field("phase", "choice", choices=[small.option("review"), small.option("odd")])
    )
    small.publish(deal)
    known = create("deal", cast.owner, name="A", phase="review")
    unknown = create("deal", cast.owner, name="B", phase="odd")
    raw = company(pipeline(from_field="phase"))
    raw["record_types"] = [deal if t["key"] == "deal" else t for t in raw["record_types"]]
    small.publish(company=raw)
    run_pending()
    assert (stage_of(known), stage_of(unknown)) == ("review", "new")


def closed(**more: Any) -> list[dict[str, Any]]:
    return [{**s, "retired": True, **more} if s["key"] == "offer" else s for s in STAGES]


def test_records_of_a_closed_stage_go_on(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.owner, name="A", amount="5 EUR")
    assert move(pk, "offer", cast.owner).ok
    publish(pipeline(stages=closed(moved_to="review")))
    run_pending()
    assert stage_of(pk) == "review"


def test_without_a_place_to_go_they_stay_and_can_be_moved(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.owner, name="A", amount="5 EUR")
    assert move(pk, "offer", cast.owner).ok
    publish(pipeline(stages=closed(), transitions=[]))
    run_pending()
    assert stage_of(pk) == "offer" and move(pk, "review", cast.owner).ok


def test_archived_records_and_those_in_their_place_are_left_alone(
    cast: Cast, before: list[int]
) -> None:
    Record.unscoped.filter(pk=before[0]).update(archived_at="2026-01-01T00:00Z")
    publish()
    run_pending()
    version = Record.unscoped.get(pk=before[1]).version
    publish(pipeline(labels={"en": "Sales"}))
    run_pending()
    assert stage_of(before[0]) is None
    assert Record.unscoped.get(pk=before[1]).version == version
