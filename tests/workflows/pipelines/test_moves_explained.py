"""Why a record may be moved or not: each thing that a move meets, with yes or no and the value that decided."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from records import services
from records.access import Access
from records.explain import Part, explain
from records.gate import Change
from records.models import Record
from tests import company as small
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.workflows.approvals.asking import ask
from tests.workflows.pipelines import world
from tests.workflows.pipelines.test_checklists import LIST
from tests.workflows.pipelines.world import move, pipeline, publish
from tests.workflows.procedures.rules import procedure, process

pytestmark = pytest.mark.django_db


def further(pk: int, user: Any, to: str = "", viewer: Any = None) -> dict[str, Part]:
    access = Access.of(user)
    seen_by = Access.of(viewer) if viewer else access
    found = explain(access, "transition", Record.unscoped.get(pk=pk), viewer=seen_by, to=to)
    return {part.words: part for part in found.further}


def kinds(part: Part) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}

    def walk(each: Part) -> None:
        found.setdefault(each.kind, []).append(each.verdict)
        for inner in each.parts:
            walk(inner)

    walk(part)
    return found


def all_of(part: Part) -> list[Part]:
    return [part, *(each for inner in part.parts for each in all_of(inner))]


def offered(cast: Cast, **values: Any) -> int:
    pk = create("deal", cast.owner, name="Roof", amount="5 EUR", team=cast.north.pk, **values)
    assert move(pk, "offer", cast.owner).ok
    return pk


def test_guards_people_and_missing_fields_with_the_values_that_decided(cast: Cast) -> None:
    publish()
    pk = offered(cast)
    found = further(pk, cast.owner)
    assert list(found) == [
        "Move it to “New”", "Move it to “Review”", "Move it to “Won”", "Move it to “Lost”",
    ]  # fmt: skip
    back, on, won, lost = found.values()
    assert [p.kind for p in back.parts] == ["no_way"] and not back.verdict
    assert on.verdict
    assert not won.verdict and kinds(won)["who"] == [False]
    [guard] = [p for p in all_of(won) if p.kind == "guard"]
    assert (guard.words, guard.verdict) == ("A deal below 100 is not worth it.", False)
    assert guard.parts[0].saw == "Amount: €5.00"
    [field] = [p for p in lost.parts if p.kind == "field"]
    assert (field.words, field.verdict, field.saw) == ("“Close date” is filled in", False, "")
    assert list(further(pk, cast.owner, to="won")) == ["Move it to “Won”"]


def test_whoever_leads_may_where_the_guard_holds(cast: Cast) -> None:
    publish()
    pk = offered(cast)
    small_deal = further(pk, cast.manager)["Move it to “Won”"]
    assert kinds(small_deal)["who"] == [True] and not small_deal.verdict
    services.execute_or_raise(
        [Change("change", id=pk, values={"amount": "500 EUR"})],
        access=Access.system(), channel="system",
    )  # fmt: skip
    assert further(pk, cast.manager)["Move it to “Won”"].verdict


def test_checklists_and_procedures_of_that_move(cast: Cast) -> None:
    stages = [
        {**s, "checklist": LIST, "all_done": True} if s["key"] == "offer" else s
        for s in world.STAGES
    ]
    rule = procedure(mode="warn", moments=["transition"], when=None)
    publish(pipeline(stages=stages), procedures=[rule])
    pk = create("deal", cast.owner, name="Roof", amount="5 EUR", close_date="2026-12-01")
    assert move(pk, "offer", cast.owner).ok
    services.execute_or_raise(
        [Change("change", id=pk, values={"close_date": None})],
        access=Access.system(), channel="system",
    )  # fmt: skip
    review = further(pk, cast.owner)["Move it to “Review”"]
    [checklist] = [p for p in review.parts if p.kind == "checklist"]
    assert [(p.words, p.verdict) for p in checklist.parts] == [
        ("Budget known", False), ("Date agreed", False),
    ]  # fmt: skip
    [told] = [p for p in review.parts if p.kind == "procedure"]
    assert not told.verdict and "Won deals have a date" in told.words
    assert told.saw == "Say when it was won."


def test_a_record_that_is_held_says_so(cast: Cast) -> None:
    rule = procedure(mode="approve", approval="boss")
    publish(procedures=[rule], approvals=[process()])
    pk = offered(cast)
    ask(Change("change", id=pk, values={"won": True}), cast.owner)
    review = further(pk, cast.owner)["Move it to “Review”"]
    assert not review.verdict and "It is held" in review.parts[-1].words


def test_the_verdict_is_the_gates(cast: Cast) -> None:
    publish(procedures=[procedure(moments=["transition"], when=None)])
    for values in ({"close_date": "2026-12-01"}, {"close_date": "2026-12-01", "won": True}):
        pk = offered(cast, **values)
        for user in (cast.owner, cast.manager, cast.teammate):
            access = Access.of(user)
            for stage in ("new", "review", "won", "lost"):
                change = Change("change", id=pk, values={"stage": stage})
                [outcome] = services.check([change], access=access, channel="screen")
                [part] = further(pk, user, to=stage).values()
                assert part.verdict == outcome.ok, (user, stage)
                if not part.verdict:
                    assert not all(inner.verdict for inner in part.parts)


def test_nothing_hidden_is_told(cast: Cast) -> None:
    """A guard about what the asker may not read names neither the field nor its value, nor what it is compared with."""
    secret = {"field": "margin", "op": "gte", "value": 987654}
    company = world.company(
        pipeline(transitions=[{"key": "on", "to": "review", "guard": secret, "fields": ["margin"]}])
    )
    deal = next(t for t in company["record_types"] if t["key"] == "deal")
    deal["fields"] = [*deal["fields"], small.field("margin", "integer")]
    for role in company["roles"]:
        if role["key"] == "sales":
            role["fields"] = [{"type": "deal", "field": "margin", "access": "hidden"}]
    small.publish(company=company)
    pk = create("deal", cast.owner, name="Roof")
    services.execute_or_raise(
        [Change("change", id=pk, values={"margin": 123456})],
        access=Access.system(), channel="system",
    )  # fmt: skip
    said = json.dumps([p.json() for p in further(pk, cast.owner).values()])
    assert "Move it to" in said
    for hidden in ("987654", "987,654", "123456", "123,456", "Margin", "margin"):
        assert hidden not in said, hidden
    assert not further(pk, cast.owner, viewer=cast.stranger)
    seen = json.dumps(
        [p.json() for p in further(pk, cast.owner, viewer=cast.administrator).values()]
    )
    assert "987" in seen


def test_in_the_screen_the_command_and_the_api(cast: Cast) -> None:
    publish()
    pk = offered(cast)
    client = Client()
    client.force_login(cast.owner)
    url = reverse("records:explain", args=[pk]) + "?action=transition&stage=won"
    page = client.get(url).content.decode()
    assert "A deal below 100 is not worth it." in page and "Move it to “Lost”" not in page
    out = StringIO()
    call_command("explain", "owner", "transition", f"deal/{pk}", stage="won", stdout=out)
    assert "no  A deal below 100 is not worth it." in out.getvalue()
    told = (
        program_of(cast.owner)
        .get(f"records/deal/{pk}/explain", action="transition", stage="lost")
        .body
    )
    [lost] = told["further"]
    assert (lost["kind"], lost["verdict"], lost["parts"][-1]["kind"]) == ("move", False, "field")
    assert program_of(cast.owner).get(f"records/deal/{pk}/explain").body["further"] == []


def test_the_number_of_queries_does_not_depend_on_the_number_of_stages(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    publish()
    pk = offered(cast)
    access, record = Access.of(cast.owner), Record.unscoped.get(pk=pk)
    with django_assert_max_num_queries(20) as one:
        explain(access, "transition", record, viewer=access, to="lost")
    with django_assert_max_num_queries(20) as all_of_them:
        explain(access, "transition", record, viewer=access)
    assert len(all_of_them) <= len(one) + 2
