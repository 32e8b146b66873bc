"""What sets automations off, and what they do to records."""

from typing import Any

import pytest

from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate.change import Change
from records.models import Event, Record, RecordLink
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation, set_to
from workflows.automations.engine.matching import tell
from workflows.models import AutomationRun, Notification, StepRun


def change(pk: int, **values: Any) -> None:
    services.execute_or_raise(
        [Change("change", id=pk, values=values)], access=Access.system(), channel="system"
    )


def data(pk: int) -> dict[str, Any]:
    return dict(Record.unscoped.get(pk=pk).data)


def test_a_created_record_gets_values(published: Any) -> None:
    published(automation("mark", action("a", "set_fields", values=set_to(won=True))))
    pk = create("deal", name="Roof")
    run_pending()
    assert data(pk)["won"] is True
    event = Event.objects.filter(record_id=pk).first()
    assert event is not None and event.channel == "automation" and event.reason == "Mark"
    assert AutomationRun.objects.get().state == "done"


def test_values_come_from_links_formulas_and_the_day(published: Any) -> None:
    published(
        automation(
            "fill",
            action(
                "a",
                "set_fields",
                values={
                    "name": {"from": "customer.name"},
                    "close_date": {"today": 3},
                },
            ),
        )
    )
    customer = create("organisation", name="Acme")
    pk = create("deal", name="Roof", customer=[customer])
    run_pending()
    assert Record.unscoped.get(pk=pk).title == "Acme"
    assert data(pk)["close_date"] > "2026"


def test_a_condition_decides(published: Any) -> None:
    published(
        automation(
            "mark",
            action("a", "set_fields", values=set_to(won=True)),
            condition={"field": "name", "op": "eq", "value": "Roof"},
        )
    )
    other, pk = create("deal", name="Door"), create("deal", name="Roof")
    run_pending()
    assert data(pk).get("won") is True
    assert data(other).get("won") is None


@pytest.mark.parametrize("field, runs", [("close_date", 1), ("tags", 0)])
def test_only_the_fields_watched_set_it_off(published: Any, field: str, runs: int) -> None:
    published(
        automation(
            "tell",
            action("a", "notify", text="Look", users=["owner"]),
            trigger={"kind": "changed", "fields": ["close_date"]},
        )
    )
    pk = create("deal", name="Roof")
    change(pk, **{field: "2030-01-01" if field == "close_date" else ["hot"]})
    run_pending()
    assert AutomationRun.objects.count() == runs
    assert Notification.objects.count() == runs


def test_a_value_that_is_reached_sets_it_off_once(published: Any) -> None:
    published(
        automation(
            "won",
            action("a", "notify", text="Won", users=["owner"]),
            trigger={"kind": "changed_to", "field": "won", "value": "true"},
        )
    )
    pk = create("deal", name="Roof")
    change(pk, won=True)
    change(pk, name="Roof 2")
    run_pending()
    assert Notification.objects.count() == 1


def test_a_record_is_made_with_a_link_back(published: Any, cast: Cast) -> None:
    published(
        automation(
            "contact",
            action("a", "create_record", type="person", link="company",
                   values={"family_name": {"from": "name"}}),
            type="organisation",
        )
    )  # fmt: skip
    pk = create("organisation", name="Acme")
    run_pending()
    made = Record.unscoped.get(type="person")
    assert made.title.strip() == "Acme"
    assert RecordLink.objects.get(source=made.pk, field="company").target_id == pk
    assert AutomationRun.objects.get().context == {"a": made.pk}


def test_turns_go_round_and_pass_over_who_is_away_or_gone(published: Any, cast: Cast) -> None:
    published(automation("deal_out", action("a", "assign", how="rotation",
                                            users=["owner", "teammate", "stranger"])))  # fmt: skip
    cast.stranger.is_active = False
    cast.stranger.save()
    deals = [create("deal", name=f"Deal {n}") for n in range(4)]
    run_pending()
    owners = [Record.unscoped.get(pk=pk).owner_id for pk in deals]
    assert owners == [cast.owner.pk, cast.teammate.pk, cast.owner.pk, cast.teammate.pk]


def test_who_has_the_fewest_gets_it(published: Any, cast: Cast) -> None:
    published(automation("deal_out", action("a", "assign", how="least_loaded",
                                            users=["owner", "teammate"]),
                         condition={"field": "owner", "op": "is_empty"}))  # fmt: skip
    create("deal", name="Old", owner=cast.owner.pk)
    pk = create("deal", name="New")
    run_pending()
    assert Record.unscoped.get(pk=pk).owner_id == cast.teammate.pk


def test_told_twice_nothing_is_done_twice(published: Any) -> None:
    published(automation("tell", action("a", "notify", text="Look", users=["owner"])))
    create("deal", name="Roof")
    events = list(Event.objects.filter(action="created"))
    tell(events)
    tell(events)
    run_pending()
    tell(events)
    run_pending()
    assert Notification.objects.count() == AutomationRun.objects.count() == 1


def test_one_that_is_switched_off_does_nothing(published: Any) -> None:
    published(
        automation("tell", action("a", "notify", text="Look", users=["owner"]), enabled=False)
    )
    create("deal", name="Roof")
    run_pending()
    assert not AutomationRun.objects.exists()


def test_what_the_gate_refuses_pauses_it_and_is_told(published: Any, cast: Cast) -> None:
    published(automation("empty", action("a", "set_fields", values=set_to(name="")),
                         action("b", "notify", text="After", users=["owner"]),
                         owner="manager"))  # fmt: skip
    create("deal", name="Roof")
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "paused" and run.reason
    assert [n.user for n in Notification.objects.all()] == [cast.manager]
    assert not StepRun.objects.exists()


def test_acting_as_who_set_it_off_it_may_no_more_than_they(published: Any, cast: Cast) -> None:
    published(automation("take", action("a", "set_fields", values=set_to(margin=3)),
                         type="organisation", run_as="actor"))  # fmt: skip
    create("organisation", cast.owner, name="Acme", owner=cast.owner.pk)
    run_pending()
    assert AutomationRun.objects.get().state == "paused"


def test_a_branch_and_a_stop(published: Any, cast: Cast) -> None:
    published(
        automation(
            "ways",
            action("which", "branch",
                   cases=[{"when": {"field": "won", "op": "is_true"},
                           "actions": [action("yes", "notify", text="Won", users=["owner"]),
                                       action("end", "stop")]}],
                   otherwise=[action("no", "notify", text="Open", users=["owner"])]),
            action("after", "notify", text="After", users=["owner"]),
        )
    )  # fmt: skip
    create("deal", name="A", won=True)
    create("deal", name="B")
    run_pending()
    texts = sorted(Notification.objects.values_list("text", flat=True))
    assert texts == ["After", "Open", "Won"]
