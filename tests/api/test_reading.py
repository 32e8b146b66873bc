"""Lists and records as programs read them."""

import json

import pytest

from tests.api.conftest import program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def test_a_record_comes_with_its_fields_and_version(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="Aegean Optics", sector="it", headcount=12)
    answer = program_of(cast.owner).get(f"records/organisation/{pk}")
    assert answer.status == 200, answer.body
    assert answer.headers["ETag"] == '"1"'
    body = answer.body
    assert (body["id"], body["type"], body["title"]) == (pk, "organisation", "Aegean Optics")
    assert body["url"] == f"/api/v1/records/organisation/{pk}"
    assert body["fields"]["sector"] == "it" and body["fields"]["code"] is None
    assert body["fields"]["owner"] == cast.owner.pk
    assert body["fields"]["created_at"].endswith("Z")
    assert "labels" not in body
