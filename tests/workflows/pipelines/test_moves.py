"""Moves at the gate: on every path the same."""

from typing import Any

import pytest
from django.utils import timezone

from crm_config.live import live
from crm_config.problems import ConfigurationInvalid
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Event, Record
from tests.cast import Cast, create
from tests.kept import kept
from tests.workflows.pipelines.world import codes, company, move, pipeline, publish, stage_of
from workflows.pipelines.conditions import broken

pytestmark = pytest.mark.django_db


@kept
def deals(cast: Cast) -> None:
    publish()


def test_a_new_record_begins_at_the_start(cast: Cast, deals: None) -> None:
    before = timezone.now()
    pk = create("deal", cast.owner, name="A")
    record = Record.unscoped.get(pk=pk)
    assert record.stage == "new" and record.stage_entered_at >= before
    assert Event.objects.get(record_id=pk).changes["stage"] == [None, "new"]


def test_nobody_begins_in_the_middle_except_by_an_import(cast: Cast, deals: None) -> None:
    def made(channel: str) -> object:
        change = Change("create", type="deal", values={"name": "A", "stage": "review"})
        return services.execute_one(change, access=Access.of(cast.owner), channel=channel)

    assert codes(made("screen")) == codes(made("api")) == [("not_a_start", "stage")]
    outcome = made("import")
    assert outcome.ok and stage_of(outcome.id) == "review"


def test_a_switch_keeps_imports_to_the_start_too(cast: Cast) -> None:
    publish(pipeline(anywhere_by_import=False))
    change = Change("create", type="deal", values={"name": "A", "stage": "review"})
    outcome = services.execute_one(change, access=Access.of(cast.owner), channel="import")
    assert codes(outcome) == [("not_a_start", "stage")]


def test_who_may_not_move_records_brings_them_in_at_the_start_alone(cast: Cast) -> None:
    publish(roles=_without_moving("sales"))

    def brought(stage: str) -> Outcome:
        change = Change("create", type="deal", values={"name": "A", "stage": stage})
        return services.execute_one(change, access=Access.of(cast.owner), channel="import")

    assert codes(brought("won")) == [("not_a_start", "stage")] and brought("new").ok


def test_values_that_a_move_fills_in_are_checked_at_publication(cast: Cast) -> None:
    odd = [{"key": "go", "to": "offer", "sets": {"close_date": "someday", "won": True}}]
    with pytest.raises(ConfigurationInvalid) as refused:
        publish(pipeline(transitions=odd))
    assert [p.path for p in refused.value.problems] == [("pipelines", "deals", "transitions", "go")]


def test_a_move_asks_for_what_the_stage_needs(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A")
    outcome = move(pk, "offer", cast.owner)
    assert codes(outcome) == [("missing_for_stage", "amount")] and stage_of(pk) == "new"
    assert str(outcome.refusals[0].message) == "“Amount” is needed in “Offer”."
    assert move(pk, "offer", cast.owner, amount="50 EUR").ok and stage_of(pk) == "offer"


def test_what_a_stage_needs_cannot_be_taken_away_in_it(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A", amount="50 EUR")
    assert move(pk, "offer", cast.owner).ok
    change = Change("change", id=pk, values={"amount": None})
    outcome = services.execute_one(change, access=Access.of(cast.owner), channel="api")
    assert codes(outcome) == [("missing_for_stage", "amount")]


@pytest.mark.parametrize("channel", ["screen", "bulk", "api", "import", "automation"])
def test_no_path_goes_where_nothing_is_drawn(cast: Cast, deals: None, channel: str) -> None:
    pk = create("deal", cast.owner, name="A", amount="500 EUR")
    for user in (cast.owner, None):
        outcome = move(pk, "won", user, channel)
        assert codes(outcome) == [("no_transition", "stage")]
    assert stage_of(pk) == "new"


def test_some_moves_are_for_some_roles(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A", amount="500 EUR")
    assert move(pk, "offer", cast.owner).ok
    assert codes(move(pk, "won", cast.owner)) == [("not_your_move", "stage")]
    mine = create("deal", cast.manager, name="B", amount="500 EUR")
    assert move(mine, "offer", cast.manager).ok and move(mine, "won", cast.manager).ok


def test_a_guard_says_what_the_administrator_wrote(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.manager, name="A", amount="50 EUR")
    assert move(pk, "offer", cast.manager).ok
    outcome = move(pk, "won", cast.manager)
    assert codes(outcome) == [("guard", "stage")]
    assert str(outcome.refusals[0].message) == "A deal below 100 is not worth it."
    assert outcome.refusals[0].rule == "pipelines:deals/winning"
    assert codes(move(pk, "won")) == [("guard", "stage")], "the system is held by guards too"
    assert move(pk, "won", cast.manager, amount="100 EUR").ok, "it is judged as it will be"


def test_a_waived_rule_no_longer_stands_in_the_way(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.manager, name="A", amount="50 EUR")
    assert move(pk, "offer", cast.manager).ok
    change = Change(
        "change", id=pk, values={"stage": "won"}, waived=frozenset({"pipelines:deals/winning"})
    )
    assert services.execute_one(change, access=Access.of(cast.manager), channel="screen").ok


def test_a_way_sets_its_values(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.manager, name="A", amount="500 EUR")
    assert move(pk, "offer", cast.manager).ok and move(pk, "won", cast.manager).ok
    assert Record.unscoped.get(pk=pk).data["won"] is True


def test_a_way_asks_for_its_fields(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A")
    assert codes(move(pk, "lost", cast.owner)) == [("missing_for_stage", "close_date")]
    assert move(pk, "lost", cast.owner, close_date="2026-11-01").ok


def test_moving_needs_its_own_right(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A", team=cast.south.pk)
    assert codes(move(pk, "lost", cast.teammate)) == [("not_found", None)]
    publish(roles=_without_moving("sales"))
    outcome = move(pk, "lost", cast.owner, close_date="2026-11-01")
    assert codes(outcome) == [("forbidden", "stage")]


def _without_moving(key: str) -> list[dict[str, object]]:
    roles = company()["roles"]
    for role in roles:
        if role["key"] == key:
            role["grants"] = [g for g in role["grants"] if g["action"] != "transition"]
    return list(roles)


def test_a_stage_cannot_be_cleared_nor_made_up(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A")
    assert codes(move(pk, None, cast.owner)) == [("stage_needed", "stage")]
    assert codes(move(pk, "nowhere", cast.owner)) == [("unknown_option", "stage")]


def test_of_two_pipelines_the_first_that_fits_takes_a_record(cast: Cast) -> None:
    big = pipeline(
        key="big",
        order=1,
        condition={"field": "amount", "op": "gte", "value": "1000 EUR"},
        stages=[{"key": "careful", "labels": {"en": "Careful"}, "start": True}, {"key": "signed"}],
        transitions=[],
    )
    publish(big, pipeline())
    small_one = create("deal", cast.owner, name="A", amount="10 EUR")
    big_one = create("deal", cast.owner, name="B", amount="5000 EUR")
    assert (stage_of(small_one), stage_of(big_one)) == ("new", "careful")
    assert codes(move(small_one, "signed", cast.owner)) == [("other_pipeline", "stage")]
    assert codes(move(big_one, "offer", cast.owner)) == [("not_a_start", "stage")]
    assert move(big_one, "new", cast.owner).ok


def test_records_without_a_stage_can_be_put_into_any(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.owner, name="A")
    Record.unscoped.filter(pk=pk).update(stage=None)
    assert move(pk, "review", cast.owner).ok


def test_a_broken_guard_lets_nobody_through(cast: Cast, deals: None) -> None:
    pk = create("deal", cast.manager, name="A", amount="500 EUR")
    assert move(pk, "offer", cast.manager).ok
    snapshot = live()
    snapshot.memo["pipelines.conditions"] = {("deals", "winning", "guard"): None}
    assert codes(move(pk, "won", cast.manager)) == [("guard", "stage")]
    assert [b.what for b in broken(snapshot)] == ["winning"]


def test_one_batch_of_many_asks_no_more_than_one_of_few(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    customer = {"field": "customer.sector", "op": "eq", "value": "it"}
    guarded = [{"key": "go", "from": ["new"], "to": "offer", "guard": customer}]
    publish(pipeline(transitions=guarded))
    firms = [create("organisation", name=f"O{n}", sector="it") for n in range(12)]
    ids = [
        create("deal", name=f"D{n}", amount="5 EUR", customer=firm) for n, firm in enumerate(firms)
    ]
    counts = []
    for some in (ids[:2], ids[2:]):
        changes = [Change("change", id=pk, values={"stage": "offer"}) for pk in some]
        with django_assert_max_num_queries(100) as asked:
            receipt = services.execute(
                changes, access=Access.of(cast.administrator), channel="bulk"
            )
        assert receipt.ok
        counts.append(len(asked))
    assert counts[0] == counts[1]
