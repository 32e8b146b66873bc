"""Segments in the studio: adding, changing, archiving and deleting, with what refers to them."""

import json
from typing import Any

import pytest
from django.test import Client

from crm_config import payload, publication
from crm_config.models import Segment
from tests.cast import Cast
from tests.crm_config.segments import IT, LARGE, publish, segment
from tests.crm_config.studio import client_of, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio(cast: Cast) -> Client:
    publish(segment("it", IT), segment("outer", {"segment": "it"}))
    return client_of(cast.administrator)


def form(condition: Any = None, **more: Any) -> dict[str, Any]:
    given = {"labels_en": "Large ones", "kind": "dynamic", **more}
    return {**given, "condition": json.dumps(condition)} if condition is not None else given


def raw(key: str) -> Any:
    return next(s for s in payload.dump()["segments"] if s["key"] == key)


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_the_types_page_tells_its_segments_in_words(studio: Client) -> None:
    page = studio.get(url("type", "organisation")).content.decode()
    assert "Sector is “It”" in page and "used in 1 place" in page
    assert "No segments yet" in studio.get(url("type", "deal")).content.decode()


def test_a_segment_is_added_and_published(studio: Client, cast: Cast) -> None:
    given = form(LARGE, roles=["sales"], tracks="on", description_en="Many people")
    answer = studio.post(url("segment_add", "organisation"), given)
    assert messages_of(answer) == ["The segment Large ones was added."]
    assert raw("large_ones") == {
        "key": "large_ones",
        "type": "organisation",
        "labels": {"en": "Large ones"},
        "description": {"en": "Many people"},
        "condition": LARGE,
        "roles": ["sales"],
        "tracks": True,
    }
    publication.publish(user=cast.administrator)


def test_one_kept_by_hand_needs_no_condition(studio: Client) -> None:
    studio.post(url("segment_add", "organisation"), form(kind="static", key="vip"))
    assert raw("vip")["kind"] == "static" and "condition" not in raw("vip")


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        (form(), "condition", "Say who is in it, or let it be kept by hand."),
        (form(IT, kind="static"), "condition", "It is kept by hand: it can have no condition."),
        (form({"field": "gone", "op": "is_set"}), "condition", "field: There is no field “gone”."),
        (
            form({"field": "owner", "op": "eq", "value": {"dynamic": "me"}}),
            "condition",
            "value.dynamic: “me” cannot be used here.",
        ),
        ({**form(), "condition": "{"}, "condition", "This is not JSON."),
        (form(IT, key="it"), "key", "Another segment has this key."),
        (form(IT, labels_en=""), "labels", "Give it a name."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    studio: Client, given: dict[str, Any], field: str, message: str
) -> None:
    answer = studio.post(url("segment_add", "organisation"), given)
    assert message in errors(answer)[field]
    assert Segment.objects.count() == 2


def test_a_segment_is_changed(studio: Client) -> None:
    page = studio.get(url("segment", "it"))
    assert page.context["form"].initial["condition"] == IT
    studio.post(url("segment", "it"), form(LARGE, labels_en="Big"))
    assert raw("it")["condition"] == LARGE and raw("it")["labels"]["en"] == "Big"


def test_a_segment_cannot_come_to_name_itself(studio: Client) -> None:
    answer = studio.post(url("segment", "it"), form({"any": [IT, {"segment": "outer"}]}))
    assert errors(answer)["condition"] == [
        "any[1].segment: This segment refers back to the one being defined."
    ]


@pytest.mark.parametrize("screen", ["segment_archive", "segment_delete"])
def test_what_is_used_is_neither_archived_nor_deleted(studio: Client, screen: str) -> None:
    page = studio.get(url(screen, "it")).content.decode()
    assert "Something else uses it" in page and "Outer" in page
    studio.post(url(screen, "it"))
    assert not Segment.objects.get(key="it").retired


def test_an_archived_segment_comes_back(studio: Client) -> None:
    studio.post(url("segment_archive", "outer"))
    assert raw("outer")["retired"] is True
    studio.post(url("segment_restore", "outer"))
    assert "retired" not in raw("outer")


def test_an_archived_user_holds_nothing_back(studio: Client) -> None:
    studio.post(url("segment_archive", "outer"))
    studio.post(url("segment_delete", "it"))
    assert not Segment.objects.filter(key="it").exists()
    assert publication.check(payload.dump()) == []


def test_a_field_that_a_segment_asks_about_cannot_be_deleted(studio: Client) -> None:
    page = studio.get(url("field_delete", "organisation", "sector")).content.decode()
    assert "Something else uses it" in page and url("segment", "it") in page


def test_a_role_that_a_segment_is_shared_with_cannot_be_deleted(studio: Client, cast: Cast) -> None:
    publish(segment("it", IT, roles=["sales"]))
    page = studio.get(url("role_delete", "sales")).content.decode()
    assert "Something else uses it" in page and url("segment", "it") in page


def test_a_record_type_is_archived_with_its_own_segments(studio: Client) -> None:
    publish(segment("won", {"field": "won", "op": "is_true"}, of="deal"))
    page = studio.get(url("type_archive", "deal")).content.decode()
    assert "Something else uses it" not in page
    assert "Something else uses it" in studio.get(url("type_delete", "deal")).content.decode()
    studio.post(url("type_archive", "deal"))
    assert [p for p in publication.check(payload.dump()) if "segments" in p.path] == []


def test_a_key_is_proposed(studio: Client) -> None:
    answer = studio.get(url("propose_key"), {"name": "It", "for": "segment"})
    assert answer.json() == {"key": "it_2"}
