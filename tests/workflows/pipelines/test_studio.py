"""An administrator describes a pipeline in the studio."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import publication
from crm_config.models import User
from tests import company as small
from tests.cast import Cast, create
from tests.records.screens import browser, text_of
from tests.workflows.pipelines.world import codes, company, move, pipeline, publish, stage_of
from workflows.models import Pipeline

pytestmark = pytest.mark.django_db


def url(name: str, *args: str) -> str:
    return reverse(f"pipelines_studio:{name}", args=args)


def named(text: str) -> dict[str, str]:
    return {"labels_en": text}


@pytest.fixture
def admin(cast: Cast) -> Client:
    return browser(cast.administrator)


def keys(name: str = "stages") -> list[str]:
    return [each["key"] for each in getattr(Pipeline.objects.get(key="deals"), name)]


def test_a_new_pipeline_begins_with_stages_and_is_published(cast: Cast, admin: Client) -> None:
    small.publish(company=company())
    Pipeline.objects.all().delete()
    sent = {**named("Sales"), "order": 100, "anywhere_by_import": "on"}
    answer = admin.post(url("add", "deal"), sent)
    row = Pipeline.objects.get()
    assert answer.url == url("pipeline", row.key) and row.key == "sales"
    assert [s["key"] for s in row.stages] == ["new", "in_work", "finished"]
    publication.publish(user=None)
    pk = create("deal", cast.owner, name="A")
    assert stage_of(pk) == "new" and move(pk, "in_work", cast.owner).ok


def test_a_stage_is_added_changed_and_shifted(admin: Client) -> None:
    publish()
    stage = {**named("Trial"), "meaning": "open", "entry": ["amount"], "stale_after": "5"}
    assert admin.post(url("add_stage", "deals"), stage).status_code == 302
    assert keys()[-1] == "trial"
    admin.post(url("shift_stage", "deals", "trial"), {"way": "up"})
    assert keys()[-2:] == ["trial", "lost"]
    admin.post(url("stage", "deals", "trial"), {**stage, **named("Test drive")})
    found = next(s for s in Pipeline.objects.get().stages if s["key"] == "trial")
    assert found["labels"] == {"en": "Test drive"} and found["entry"] == ["amount"]
    admin.post(url("remove_stage", "deals", "trial"))
    assert "trial" not in keys()


def test_what_is_refused_stays_as_it_was_typed(admin: Client) -> None:
    publish()
    sent = {**named("Odd"), "meaning": "open", "probability": "140", "status": "typed"}
    answer = admin.post(url("add_stage", "deals"), sent)
    assert answer.status_code == 200 and 'value="typed"' in text_of(answer)
    assert answer.context["form"].errors.keys() == {"probability"} and len(keys()) == 5
    taken = admin.post(url("add_stage", "deals"), {**named("X"), "meaning": "open", "key": "new"})
    assert "key" in taken.context["form"].errors


def test_a_published_stage_is_closed_and_not_removed(cast: Cast, admin: Client) -> None:
    publish()
    pk = create("deal", cast.owner, name="A", amount="5 EUR")
    assert move(pk, "offer", cast.owner).ok
    admin.post(url("remove_stage", "deals", "offer"))
    assert "offer" in keys()
    admin.post(url("retire_stage", "deals", "offer"), {"moved_to": "review"})
    publication.publish(user=None)
    assert codes(move(pk, "offer", cast.owner)) == []
    other = create("deal", cast.owner, name="B", amount="5 EUR")
    assert [code for code, _field in codes(move(other, "offer", cast.owner))] == ["retired_option"]
    admin.post(url("retire_stage", "deals", "offer"))
    assert "retired" not in next(s for s in Pipeline.objects.get().stages if s["key"] == "offer")


def test_a_move_is_added_changed_and_removed(admin: Client) -> None:
    publish()
    sent = {**named("Back"), "sources": ["offer"], "to": "new", "roles": ["manager"]}
    assert admin.post(url("add_transition", "deals"), sent).status_code == 302
    assert keys("transitions")[-1] == "back"
    nowhere = admin.post(url("add_transition", "deals"), {**sent, "sources": ["new"], "key": "x"})
    assert "to" in nowhere.context["form"].errors
    admin.post(url("transition", "deals", "back"), {**sent, "sources": []})
    found = next(t for t in Pipeline.objects.get().transitions if t["key"] == "back")
    assert "from" not in found and found["roles"] == ["manager"]
    admin.post(url("remove_transition", "deals", "back"))
    assert "back" not in keys("transitions")


def test_the_page_points_out_what_cannot_be_reached_or_left(admin: Client) -> None:
    stages = [{"key": k, "labels": {"en": k.upper()}, "start": k == "a"} for k in ("a", "b", "c")]
    publish(pipeline(stages=stages, transitions=[{"key": "t", "from": ["a"], "to": "b"}]))
    page = admin.get(url("pipeline", "deals"))
    assert [s.key for s in page.context["unreachable"]] == ["c"]
    assert [s.key for s in page.context["dead_ends"]] == ["b", "c"]
    assert "<svg" in text_of(page) and len(page.context["diagram"].arrows) == 1


def test_it_is_archived_restored_and_deleted(cast: Cast, admin: Client) -> None:
    publish()
    admin.post(url("archive", "deals"))
    assert Pipeline.objects.get().retired
    admin.post(url("archive", "deals"))
    assert not Pipeline.objects.get().retired
    assert "no stage any more" in text_of(admin.get(url("delete", "deals")))
    admin.post(url("delete", "deals"))
    assert not Pipeline.objects.exists()


@pytest.mark.parametrize("who", ["manager", "owner", "outsider"])
def test_nobody_but_administrators_comes_in(cast: Cast, who: str) -> None:
    publish()
    user: Any = User.objects.get(username=who)
    client = browser(user)
    before = Pipeline.objects.get().stages
    assert client.get(url("pipeline", "deals")).status_code in (302, 403)
    client.post(url("remove_stage", "deals", "new"))
    client.post(url("archive", "deals"))
    row = Pipeline.objects.get()
    assert row.stages == before and not row.retired
