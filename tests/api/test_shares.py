"""Programs share records as people do, and take shares back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm_config import payload, publication
from records.models import Event, RecordShare
from tests.api.conftest import Program, program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(cast: Cast) -> Program:
    """The owner's, who may share what they own."""
    candidate = payload.dump()
    sales = next(raw for raw in candidate["roles"] if raw["key"] == "sales")
    sales["grants"].append({"type": "organisation", "action": "share", "scope": "own"})
    payload.load(candidate, replace=True)
    publication.publish(user=None, reason="sharing")
    return program_of(cast.owner)


@pytest.fixture
def shares(cast: Cast) -> str:
    pk = create("organisation", name="Alpha", owner=cast.owner.pk)
    return f"records/organisation/{pk}/shares"


def test_a_share_is_given_listed_and_taken_back(cast: Cast, sharing: Program, shares: str) -> None:
    record = shares.removesuffix("/shares")
    stranger = program_of(cast.stranger)
    assert stranger.get(record).status == 404
    given = sharing.post(shares, {"user": cast.stranger.pk, "level": "change", "note": "Fair"})
    assert given.status == 201
    assert {k: given.body[k] for k in ("level", "until", "note", "team")} == {
        "level": "change",
        "until": None,
        "note": "Fair",
        "team": None,
    }
    assert given.body["user"] == {"id": cast.stranger.pk, "name": str(cast.stranger)}
    assert stranger.get(record).status == 200
    assert stranger.get(shares).code == "forbidden"
    assert sharing.get(shares).body == {"shares": [given.body]}
    assert Event.objects.get(action="shared").channel == "api"
    assert sharing.delete(f"{shares}/{given.body['id']}").status == 204
    assert stranger.get(record).status == 404
    assert sharing.delete(f"{shares}/{given.body['id']}").status == 404


def test_a_day_is_the_last_one(cast: Cast, sharing: Program, shares: str) -> None:
    """Of the company, whose time zone is not UTC."""
    day = timezone.now().date() + timedelta(days=9)
    answer = sharing.post(shares, {"team": cast.south.pk, "until": day.isoformat()})
    assert answer.status == 201, answer.body
    end = RecordShare.objects.get().until
    assert end is not None
    assert datetime.combine(day, datetime.min.time(), UTC) < end
    assert end <= datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC) + timedelta(
        hours=14
    )
    moment = (timezone.now() + timedelta(hours=2)).replace(microsecond=0)
    sharing.post(shares, {"team": cast.south.pk, "until": moment.isoformat()})
    assert RecordShare.objects.get().until == moment


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"user": 1, "team": 1}, None),
        ({}, None),
        ({"user": 999_999}, "body.user"),
        ({"user": 1, "until": "soon"}, "body.until"),
        ({"user": 1, "until": "2026-03-31T12:00:00"}, "body.until"),
        ({"user": 1, "until": "9999-12-31"}, "body.until"),
        ({"user": 1, "until": "0001-01-01T00:00:00+14:00"}, "body.until"),
        ({"user": 1, "level": "delete"}, "body.level"),
        ({"user": 1, "who": 2}, "body.who"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    sharing: Program, shares: str, body: dict[str, Any], place: str | None
) -> None:
    answer = sharing.post(shares, body)
    assert answer.status == 422
    assert answer.body["errors"][0].get("place") == place
    assert not RecordShare.objects.exists()


def test_no_share_goes_beyond_a_role(cast: Cast, sharing: Program, shares: str) -> None:
    answer = sharing.post(shares, {"user": cast.outsider.pk})
    assert answer.codes() == {("out_of_reach", "user")}


def test_a_share_is_given_once_for_one_key(cast: Cast, sharing: Program, shares: str) -> None:
    body = {"user": cast.stranger.pk}
    first = sharing.post(shares, body, Idempotency_Key="k")
    again = sharing.post(shares, body, Idempotency_Key="k")
    assert first.body == again.body and Event.objects.filter(action="shared").count() == 1
