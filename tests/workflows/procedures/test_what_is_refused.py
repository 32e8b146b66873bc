"""A procedure holds on every write that its moments name, in each of its three ways."""

from typing import Any

import pytest

from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Record
from tests.cast import Cast, create
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.models import Acknowledgement

RULE = "procedures:dated"


def write(cast: Cast, change: Change) -> Outcome:
    return services.execute_one(change, access=Access.of(cast.administrator), channel="screen")


def made(cast: Cast, **values: Any) -> Outcome:
    return write(cast, Change("create", type="deal", values={"name": "D", **values}))


def test_what_breaks_it_is_refused_with_the_administrators_text(cast: Cast) -> None:
    publish(procedure())
    outcome = made(cast, won=True)
    assert [(r.code, str(r.message), r.rule) for r in outcome.refusals] == [
        ("procedure", "Say when it was won.", RULE)
    ]
    assert not Record.unscoped.exists()


def test_what_keeps_it_and_what_it_is_not_about_pass(cast: Cast) -> None:
    publish(procedure())
    assert made(cast, won=True, close_date="2026-01-02").ok
    assert made(cast).ok


def test_a_change_is_judged_as_the_record_will_stand(cast: Cast) -> None:
    deal = create("deal", cast.owner, name="D", close_date="2026-01-02")
    publish(procedure())
    assert write(cast, Change("change", id=deal, values={"won": True})).ok
    refused = write(cast, Change("change", id=deal, values={"close_date": None}))
    assert [r.rule for r in refused.refusals] == [RULE]


def test_only_its_moments_count(cast: Cast) -> None:
    publish(procedure(moments=["change"]))
    outcome = made(cast, won=True)
    assert outcome.ok and outcome.id
    assert not write(cast, Change("change", id=outcome.id, values={"name": "E"})).ok


def test_it_may_ask_what_changed(cast: Cast) -> None:
    deal = create("deal", cast.owner, name="D", amount="10 EUR")
    publish(
        procedure(
            moments=["change"],
            when={"changed": "amount"},
            must={"field": "close_date", "op": "is_set"},
        )
    )
    assert write(cast, Change("change", id=deal, values={"name": "E"})).ok
    assert not write(cast, Change("change", id=deal, values={"amount": "20 EUR"})).ok


@pytest.mark.parametrize("action", ["archive", "delete"])
def test_it_may_keep_records_from_going(cast: Cast, action: Any) -> None:
    deal = create("deal", cast.owner, name="D", won=True)
    publish(
        procedure(moments=["delete"], when=None, must={"not": {"field": "won", "op": "is_true"}})
    )
    outcome = write(cast, Change(action, id=deal))
    assert [r.code for r in outcome.refusals] == ["procedure"]
    assert Record.unscoped.filter(pk=deal, archived_at=None).exists()


def test_it_looks_through_links_of_what_is_being_written(cast: Cast) -> None:
    shop = create("organisation", cast.owner, name="Shop", sector="retail")
    firm = create("organisation", cast.owner, name="Firm", sector="it")
    publish(
        procedure(
            moments=["link"],
            when=None,
            must={"field": "customer.sector", "op": "in", "value": ["it"]},
        )
    )
    assert made(cast, customer=firm).ok
    refused = made(cast, customer=shop)
    assert [r.code for r in refused.refusals] == ["procedure"]
    deal = made(cast).id
    assert not write(cast, Change("change", id=deal, values={"customer": shop})).ok
    assert write(cast, Change("change", id=deal, values={"name": "not about links"})).ok


def test_it_compares_fields_with_fields_of_related_records(cast: Cast) -> None:
    firm = create("organisation", cast.owner, name="Firm", headcount=10)
    create("deal", cast.owner, name="Old", customer=firm)
    publish(
        procedure(
            "few",
            type="organisation",
            when=None,
            must={"related": "deals", "count": {"op": "lte", "value": 0}},
        )
    )
    refused = write(cast, Change("change", id=firm, values={"headcount": 11}))
    assert [r.rule for r in refused.refusals] == ["procedures:few"]


def test_a_warning_is_gone_past_with_a_reason_that_is_kept(cast: Cast) -> None:
    publish(procedure(mode="warn"))
    values = {"name": "D", "won": True}
    refused = made(cast, won=True)
    assert [(r.code, r.rule) for r in refused.refusals] == [("acknowledge", RULE)]
    blank = Change("create", type="deal", values=values, acknowledged={RULE: "  "})
    assert [r.code for r in write(cast, blank).refusals] == ["acknowledge"]
    given = Change("create", type="deal", values=values, acknowledged={RULE: "The date follows."})
    outcome = write(cast, given)
    assert outcome.ok
    kept = Acknowledgement.objects.get()
    assert (kept.record_id, kept.version, kept.rule) == (outcome.id, 1, RULE)
    assert (kept.reason, kept.by) == ("The date follows.", cast.administrator)


def test_a_reason_for_what_was_not_warned_of_is_not_kept(cast: Cast) -> None:
    publish(procedure(mode="warn"))
    change = Change("create", type="deal", values={"name": "D"}, acknowledged={RULE: "Just so."})
    assert write(cast, change).ok
    assert not Acknowledgement.objects.exists()


def test_an_approval_stands_in_the_way_until_it_is_waived(cast: Cast) -> None:
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])
    refused = made(cast, won=True)
    assert [(r.code, r.rule, r.detail["process"]) for r in refused.refusals] == [
        ("needs_approval", RULE, "boss")
    ]
    values = {"name": "D", "won": True}
    acknowledged = Change("create", type="deal", values=values, acknowledged={RULE: "Please."})
    assert not write(cast, acknowledged).ok
    waived = Change("create", type="deal", values=values, waived=frozenset({RULE}))
    assert write(cast, waived).ok


def test_all_rules_that_are_broken_are_told_at_once(cast: Cast) -> None:
    publish(procedure(), procedure("other", mode="warn"))
    assert [r.code for r in made(cast, won=True).refusals] == ["procedure", "acknowledge"]


def test_the_systems_authority_obeys_too(cast: Cast) -> None:
    publish(procedure())
    change = Change("create", type="deal", values={"name": "D", "won": True})
    outcome = services.execute_one(change, access=Access.system(), channel="automation")
    assert [r.code for r in outcome.refusals] == ["procedure"]


def test_what_is_computed_anew_is_nobodys_doing(cast: Cast) -> None:
    deal = create("deal", cast.owner, name="D", won=True)
    snapshot = publish(procedure())
    access = Access.of(cast.administrator)
    assert services.recompute([deal], snapshot=access.snapshot).ok
    assert snapshot.version == access.snapshot.version


def test_a_dry_run_says_the_same(cast: Cast) -> None:
    publish(procedure())
    change = Change("create", type="deal", values={"name": "D", "won": True})
    asked = services.check([change], access=Access.of(cast.administrator), channel="import")
    assert [r.code for r in asked[0].refusals] == ["procedure"]


def test_an_archived_procedure_holds_nothing(cast: Cast) -> None:
    publish(procedure(retired=True))
    assert made(cast, won=True).ok
