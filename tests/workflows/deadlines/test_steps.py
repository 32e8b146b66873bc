"""A deadline warns, is breached and is escalated: each once, and told to those who may see the record."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from crm_config.live import live
from jobs.services import run_inline, run_pending
from records.models import Record
from tests.cast import create
from tests.workflows.deadlines import world
from workflows.deadlines import firing, watching
from workflows.deadlines.jobs import WATCH
from workflows.models import Deadline


@pytest.fixture
def fired():
    found = []

    def listener(kind, record_ids, *, key, detail):
        found.append((kind, list(record_ids), key, dict(detail)))

    firing.listen(listener)
    yield found
    firing.unlisten(listener)


@pytest.fixture
def deal(cast):
    world.publish(
        world.level(
            escalations=[
                {"after_percent": 150, "notify": "team_lead"},
                {"after_percent": 200, "notify": "role", "role": "sales"},
            ]
        )
    )
    found = create("deal", cast.owner, name="One", team=cast.north.pk)
    run_pending(due_only=True)
    mail.outbox.clear()
    return found


def watch() -> int:
    steps = run_inline(kind=WATCH, args={}).result["steps"]
    run_pending(due_only=True)
    return steps


def sent() -> list[tuple[str, str]]:
    found = [(message.to[0], str(message.subject)) for message in mail.outbox]
    mail.outbox.clear()
    return found


def test_nothing_happens_before_its_time(deal, fired):
    assert watch() == 0
    assert fired == []


def test_it_warns_once(deal, fired):
    world.back(world.of(deal), minutes=50)
    assert (watch(), watch()) == (1, 0)
    assert [(kind, ids) for kind, ids, _key, _detail in fired] == [("deadline_near", [deal])]
    assert sent() == [("owner@example.com", "Soon due: First answer")]
    assert world.of(deal).warned_at is not None


def test_it_is_breached_when_it_was_due(deal, fired):
    due = world.back(world.of(deal), minutes=61).due_at
    assert watch() == 2
    assert [kind for kind, *_rest in fired] == ["deadline_near", "deadline_breached"]
    assert len({key for _kind, _ids, key, _detail in fired}) == 2
    assert world.of(deal).breached_at == due


def test_escalation_goes_up_the_chain(cast, deal):
    world.back(world.of(deal), minutes=91)
    watch()
    told = sent()
    assert ("manager@example.com", "Still waiting: First answer") in told
    assert all(to != "stranger@example.com" for to, _subject in told)
    world.back(world.of(deal), minutes=30)
    watch()
    # A stranger has the role, but does not see the record.
    assert sent() == [("owner@example.com", "Still waiting: First answer")]


def test_a_mail_says_no_value_of_the_record(deal):
    Record.unscoped.filter(pk=deal).update(title="Secret")
    world.back(world.of(deal), minutes=61)
    watch()
    assert mail.outbox
    assert all("Secret" not in message.body for message in mail.outbox)
    assert all(f"/{deal}/" in message.body for message in mail.outbox)


def test_who_looked_at_it_before_somebody_else_took_the_step_takes_none(deal, fired):
    world.back(world.of(deal), minutes=61)
    now = timezone.now()
    (one,), (other,) = watching.due(now), watching.due(now)
    assert watching.take(one, live(), now) == [80, 100]
    assert watching.take(other, live(), now) == []
    assert len(fired) == 2


def test_what_was_met_in_the_meantime_is_not_breached(deal, fired):
    row = world.back(world.of(deal), minutes=50)
    (seen,) = watching.due(timezone.now())
    world.change(deal, close_date="2026-01-01")
    assert watching.take(seen, live(), timezone.now()) == []
    assert fired == []
    assert Deadline.objects.get(pk=row.pk).state == Deadline.State.MET


def test_paused_ones_are_left_alone(deal, fired):
    world.change(deal, tags=["big"])
    world.back(world.of(deal), days=2)
    assert watch() == 0
    assert fired == []


def test_a_level_that_is_published_tells_nobody_of_what_was_over_before(cast, fired):
    world.publish()
    deal = create("deal", cast.owner, name="Old")
    world.created_ago(deal, days=3)
    run_pending(due_only=True)
    world.publish(world.level())
    run_pending(due_only=True)
    answer = world.of(deal)
    assert answer.breached_at == answer.due_at
    assert answer.due_at < timezone.now()
    assert watch() == 0
    assert fired == []
    assert sent() == []


def test_a_level_that_gives_more_time_moves_what_is_due(deal):
    before = world.of(deal)
    longer = world.level()
    longer["targets"][0]["minutes"] = 120
    world.publish(longer)
    run_pending(due_only=True)
    assert world.of(deal).due_at - before.due_at == timedelta(minutes=60)


def test_a_level_that_is_taken_away_takes_its_deadlines_along(deal):
    world.publish()
    run_pending(due_only=True)
    assert {row.state for row in Deadline.objects.all()} == {Deadline.State.DROPPED}
    assert watch() == 0
