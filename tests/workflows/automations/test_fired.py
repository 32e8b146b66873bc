"""Set off by the clock, a segment, another part or another system; and what is made out of a record."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from jobs.services import run_pending
from records.models import Record, SegmentMove
from tests.cast import create
from tests.workflows.automations.making import action, automation
from workflows.automations import clock, inbound, shared_secrets
from workflows.automations.services import fire
from workflows.models import AutomationRun, Notification

TELL = action("n", "notify", text="Look", users=["owner"])


def test_a_date_is_reached_once(published: Any) -> None:
    published(
        automation(
            "close", TELL, trigger={"kind": "date_reached", "field": "close_date", "days": -2}
        )
    )
    day = (timezone.now() + timedelta(days=2)).date()
    pk = create("deal", name="Soon", close_date=day.isoformat())
    create("deal", name="Later", close_date=(day + timedelta(days=9)).isoformat())
    assert clock.tick() == 1
    assert clock.tick() == 0
    assert AutomationRun.objects.get().record_id == pk


def test_at_set_times_each_record_that_fits(published: Any) -> None:
    published(automation("daily", TELL, trigger={"kind": "schedule", "every": "day", "at": "00:00"},
                         condition={"field": "won", "op": "is_true"}))  # fmt: skip
    create("deal", name="A", won=True)
    create("deal", name="B")
    assert clock.tick() == 1
    assert clock.tick() == 0
    assert clock.tick(timezone.now() + timedelta(days=1)) == 1


def test_who_comes_into_a_segment_sets_it_off_once(published: Any) -> None:
    segment = {"key": "picked", "type": "deal", "labels": {"en": "Picked"}, "kind": "static",
               "keepers": ["administrator"]}  # fmt: skip
    published(automation("in", TELL, trigger={"kind": "entered_segment", "segment": "picked"}),
              automation("put", action("p", "add_to_segment", segment="picked")),
              segments=[segment])  # fmt: skip
    create("deal", name="A")
    run_pending()
    SegmentMove.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert clock.tick() == 1
    assert clock.tick() == 0
    run_pending()
    assert Notification.objects.count() == 1


def test_another_part_fires_under_a_key(published: Any) -> None:
    published(automation("late", TELL, trigger={"kind": "deadline_breached"}))
    pk = create("deal", name="A")
    assert len(fire("deadline_breached", [pk], key="deadline:1")) == 1
    run_pending()
    assert fire("deadline_breached", [pk], key="deadline:1") == []
    assert fire("deadline_near", [pk], key="deadline:1") == []
    assert Notification.objects.count() == 1


def hook(published: Any, **more: Any) -> str:
    mapping = {"name": "company.name", "code": "company.id"}
    trigger = {"kind": "hook", "match": "code", "mapping": mapping, **more}
    published(automation("in", TELL, type="organisation", trigger=trigger))
    return inbound.address_of("in", more.get("renewed", 0))


def post(url: str, body: Any, **headers: str) -> int:
    answer = Client(enforce_csrf_checks=True).post(
        url, body, content_type="application/json", headers=headers
    )
    return answer.status_code


def test_a_message_makes_a_record_and_finds_it_again(published: Any) -> None:
    url = hook(published)
    assert post(url, {"company": {"name": "Acme", "id": "7"}}) == 202
    assert post(url, {"company": {"name": "Acme Ltd", "id": "7"}}) == 202
    assert Record.unscoped.get(type="organisation").title == "Acme Ltd"
    run_pending()
    assert Notification.objects.count() == 2


def test_a_message_sent_again_under_its_name_is_taken_once(published: Any) -> None:
    url = hook(published)
    for _twice in range(2):
        assert post(url, {"company": {"name": "Acme"}}, **{"webhook-id": "m1"}) == 202
    assert Record.unscoped.filter(type="organisation").count() == AutomationRun.objects.count() == 1


def test_a_renewed_secret_ends_the_one_before(published: Any) -> None:
    before = hook(published)
    after = hook(published, renewed=1)
    assert post(before, {"company": {"name": "Acme"}}) == 404
    assert post(after, {"company": {"name": "Acme"}}) == 202


def test_messages_that_are_not_taken(published: Any, monkeypatch: Any) -> None:
    url = hook(published)
    assert post(url.replace(shared_secrets.of_hook("in"), "0" * 40), {}) == 404
    assert post(f"/hooks/out/{shared_secrets.of_hook('out')}/", {}) == 404
    assert post(url, "[1]") == 400
    assert post(url, "{") == 400
    assert post(url, {"company": {"name": "x" * inbound.MOST_BYTES}}) == 413
    assert post(url, {"company": {"id": "7"}}) == 422
    monkeypatch.setattr(inbound, "MOST_A_MINUTE", 0)
    assert post(url, {"company": {"name": "Acme"}}) == 429
    assert not Record.unscoped.filter(type="organisation").exists()
