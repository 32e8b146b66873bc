"""Set off by the clock, a segment, another part or another system; and what is made out of a record."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from jobs.services import run_pending
from records.models import Record, RecordLink, SegmentMove
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from workflows.automations import clock, inbound
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


def hook(published: Any) -> str:
    mapping = {"name": "company.name", "code": "company.id"}
    published(automation("in", TELL, type="organisation",
                         trigger={"kind": "hook", "match": "code", "mapping": mapping}))  # fmt: skip
    return inbound.address_of("in")


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


def test_messages_that_are_not_taken(published: Any, monkeypatch: Any) -> None:
    url = hook(published)
    assert post(url.replace(inbound.secret_of("in"), "0" * 40), {}) == 404
    assert post(f"/hooks/out/{inbound.secret_of('out')}/", {}) == 404
    assert post(url, "[1]") == 400
    assert post(url, "{") == 400
    assert post(url, {"company": {"name": "x" * inbound.MOST_BYTES}}) == 413
    assert post(url, {"company": {"id": "7"}}) == 422
    monkeypatch.setattr(inbound, "MOST_A_MINUTE", 0)
    assert post(url, {"company": {"name": "Acme"}}) == 429
    assert not Record.unscoped.filter(type="organisation").exists()


def test_a_deal_becomes_an_organisation_and_a_person_and_none_twice(
    published: Any, cast: Cast
) -> None:
    targets = {
        "company": {"type": "organisation", "match": "name", "values": {"name": {"from": "name"}}},
        "contact": {"type": "person", "values": {"family_name": {"from": "name"}, "company": {"made": "company"}}},
    }  # fmt: skip
    published(
        automation("convert", action("c", "convert", targets=targets, back={"customer": "company"}))
    )
    there = create("organisation", name="Acme")
    first, second = create("deal", name="Acme"), create("deal", name="Bolt")
    run_pending()
    assert [r.state for r in AutomationRun.objects.all()] == ["done", "done"]
    assert Record.unscoped.filter(type="organisation").count() == 2
    assert RecordLink.objects.get(source=first, field="customer").target_id == there
    made = RecordLink.objects.get(source=second, field="customer").target_id
    assert RecordLink.objects.filter(field="company", target=made).count() == 1


def test_who_may_not_read_a_field_cannot_find_records_by_it(published: Any, cast: Cast) -> None:
    targets = {
        "company": {"type": "organisation", "match": "margin", "values": {"margin": {"value": 91}}}
    }
    act = action("c", "convert", targets=targets, back={"customer": "company"})
    published(automation("as_oneself", act, run_as="actor"))
    create("organisation", name="Mine", margin=91, owner=cast.owner.pk)
    deal = create("deal", cast.owner, name="D")
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "paused" and "91" not in run.reason
    assert not RecordLink.objects.filter(source=deal).exists()
