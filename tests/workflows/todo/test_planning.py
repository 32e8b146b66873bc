"""Many visits at once: who, when, looked over, done as one batch, taken back."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from records import services
from records.access import Access
from records.gate import Change
from records.models import Record, RecordLink
from records.selectors.recent import visible_in_order
from tests import company as small
from tests.cast import Cast, create
from tests.crm_config.segments import segment
from tests.workflows.todo.world import publish, with_activities
from workflows.todo import planning
from workflows.todo.planning import Plan, visits
from workflows.todo.team import members

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 7)


@pytest.fixture
def firms(cast: Cast) -> list[int]:
    publish()
    return [
        create("organisation", cast.owner, name=f"Firm {n}", team=cast.north.pk) for n in range(5)
    ]


def plan(access: Access, people: tuple[int, ...] | None, **more: Any) -> Plan:
    call = access.snapshot.types["call"]
    return Plan(
        **{
            "type": call, "what": "Visit", "people": people, "first": MONDAY,
            "last": date(2026, 12, 12), "weekdays": frozenset({0, 1, 4}), "per_day": 2,
            "at": time(9), "gap": 90, **more,
        }
    )  # fmt: skip


def planned(cast: Cast, firms: list[int], people: Any, **more: Any) -> tuple[list[Any], int]:
    access = Access.of(cast.manager)
    views = visible_in_order(firms, access=access)
    return visits(plan(access, people, **more), views, access)


def wall(visit: Any, cast: Cast) -> datetime:
    return visit.at.replace(tzinfo=None)


def test_they_fill_the_days_in_order(cast: Cast, firms: list[int]) -> None:
    found, left = planned(cast, firms, (cast.owner.pk,))
    assert [wall(v, cast) for v in found] == [
        datetime(2026, 12, 7, 9), datetime(2026, 12, 7, 10, 30), datetime(2026, 12, 8, 9),
        datetime(2026, 12, 8, 10, 30), datetime(2026, 12, 11, 9),
    ]  # fmt: skip
    assert left == 0


def test_several_people_take_turns_each_with_days_of_their_own(
    cast: Cast, firms: list[int]
) -> None:
    found, left = planned(cast, firms, (cast.owner.pk, cast.teammate.pk), last=MONDAY)
    assert [(v.person, wall(v, cast).hour) for v in found] == [
        (cast.owner.pk, 9), (cast.teammate.pk, 9), (cast.owner.pk, 10), (cast.teammate.pk, 10),
    ]  # fmt: skip
    assert left == 1


def test_whoever_has_the_record_goes_there(cast: Cast, firms: list[int]) -> None:
    found, _left = planned(cast, firms, None)
    assert {v.person for v in found} == {cast.owner.pk}


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(firms: list[int], who: Any, **more: Any) -> dict[str, Any]:
    return {"ids": firms, "type": "call", "what": "Visit", "who": [str(who)], "weekdays": ["0", "1"],
            "first": "2026-12-07", "last": "2026-12-08", "per_day": "3", "at": "09:00", "gap": "60",
            **more}  # fmt: skip


def test_it_is_looked_over_and_done_as_one_batch_and_taken_back(
    cast: Cast, firms: list[int]
) -> None:
    client, url = client_of(cast.owner), reverse("todo:plan", args=["organisation"])
    assert client.post(url, {"ids": firms}).context["form"].initial["type"] in ("call", "task")
    look = client.post(url, asked(firms, cast.owner.pk, preview="1"))
    assert look.context["fine"] == 5 and look.context["left"] == 0
    assert not Record.unscoped.filter(type="call").exists()
    done = client.post(url, asked(firms, cast.owner.pk, run="1"), follow=True)
    made = list(Record.unscoped.filter(type="call").order_by("pk"))
    assert [r.title for r in made] == [f"Visit: Firm {n}" for n in range(5)]
    assert {r.owner for r in made} == {cast.owner}
    assert [RecordLink.objects.get(source=r.pk).target_id for r in made] == firms
    address = done.redirect_chain[-1][0]
    assert client_of(cast.teammate).get(address).status_code == 404
    worked_on = Change("change", id=made[0].pk, values={"subject": "Mine"})
    services.execute_or_raise([worked_on], access=Access.of(cast.owner), channel="screen")
    receipt = client.post(address).context["receipt"]
    assert (receipt.taken, [v.title for v in receipt.kept], receipt.refused) == (4, ["Mine"], [])
    assert Record.unscoped.filter(type="call", archived_at=None).count() == 1


def test_what_is_refused_is_said_beforehand_and_left_out(cast: Cast, firms: list[int]) -> None:
    client, url = client_of(cast.manager), reverse("todo:plan", args=["organisation"])
    look = client.post(url, asked(firms, cast.stranger.pk, preview="1"))
    # Not among the manager's own people.
    assert ("who" in look.context["form"].errors) == (
        cast.stranger not in members(Access.of(cast.manager))
    )
    wrong = client.post(url, asked(firms, cast.manager.pk, last="2026-12-01", run="1"))
    assert wrong.context["form"].errors["last"]
    assert not Record.unscoped.filter(type="call").exists()


def test_from_a_segment(cast: Cast, firms: list[int]) -> None:
    where = {"field": "name", "op": "eq", "value": "Firm 1"}
    world = {**with_activities(small.small_company()), "segments": [segment("one", where)]}
    small.publish(company=world)
    client, url = client_of(cast.owner), reverse("todo:plan", args=["organisation"])
    assert (
        f"{url}?segment=one"
        in client.get(reverse("records:segment", args=["organisation", "one"])).content.decode()
    )
    page = client.get(url, {"segment": "one"})
    assert page.context["number"] == 1
    where_kept = {"where": page.context["state"].params()["where"], "all": "1"}
    given = {**asked([], cast.owner.pk, run="1"), **where_kept}
    client.post(url, {k: v for k, v in given.items() if k != "ids"})
    assert [r.title for r in Record.unscoped.filter(type="call")] == ["Visit: Firm 1"]


def test_who_may_make_no_activities_is_not_offered_it(cast: Cast, firms: list[int]) -> None:
    small.publish()
    client = client_of(cast.owner)
    assert (
        "Plan visits"
        not in client.get(reverse("records:list", args=["organisation"])).content.decode()
    )
    assert client.post(reverse("todo:plan", args=["organisation"]), {"ids": firms}).status_code in (
        302,
        403,
    )
    assert client_of(cast.outsider).post(
        reverse("todo:plan", args=["organisation"]), {"ids": firms}
    ).status_code in (302, 403, 404)


def test_too_many_are_not_planned_at_once(
    cast: Cast, firms: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST", 4)
    answer = client_of(cast.owner).post(
        reverse("todo:plan", args=["organisation"]),
        asked(firms, cast.owner.pk, run="1"),
        follow=True,
    )
    assert "At most 4 can be planned at once" in answer.content.decode()
    assert not Record.unscoped.filter(type="call").exists()
