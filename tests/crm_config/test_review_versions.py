"""Versions: listed, compared, taken out as files, gone back to."""

import json

from crm_config import payload, publication
from crm_config.live import newest
from crm_config.models import Company, ConfigSnapshot, Field
from tests.cast import Cast
from tests.crm_config.studio import client_of, messages_of, raw_field, url


def publish_renamed(cast: Cast, label: str = "Worth") -> None:
    Field.objects.filter(record_type__key="deal", key="amount").update(labels={"en": label})
    publication.publish(user=cast.administrator, reason=f"To {label}")


def test_versions_are_listed_with_reason_and_author(cast: Cast) -> None:
    publish_renamed(cast)
    page = client_of(cast.administrator).get(url("versions")).content.decode()
    assert "To Worth" in page
    assert "Administrator" in page


def test_a_version_tells_what_it_changed(cast: Cast) -> None:
    publish_renamed(cast)
    page = client_of(cast.administrator).get(url("version", 2)).content.decode()
    assert "is called <strong>Worth</strong>" in page
    assert client_of(cast.administrator).get(url("version", 9)).status_code == 404


def test_any_two_are_compared_and_the_working_copy_too(cast: Cast) -> None:
    publish_renamed(cast)
    publish_renamed(cast, "Value")
    browser = client_of(cast.administrator)
    page = browser.get(url("compare", **{"from": "1", "to": "3"})).content.decode()
    assert "<strong>Amount</strong> is called <strong>Value</strong>" in page
    back = browser.get(url("compare", **{"from": "3", "to": "1"})).content.decode()
    assert "<strong>Value</strong> is called <strong>Amount</strong>" in back
    same = browser.get(url("compare", **{"from": "3", "to": "working"})).content.decode()
    assert "They do not differ." in same
    assert browser.get(url("compare", **{"from": "x", "to": "1"})).status_code == 404


def test_a_version_is_taken_out_as_the_file_it_is(cast: Cast) -> None:
    answer = client_of(cast.administrator).get(url("version_file", 1))
    assert answer["Content-Disposition"] == 'attachment; filename="relata-v1.json"'
    assert answer.content == payload.to_bytes(ConfigSnapshot.objects.get(version=1).payload)
    working = client_of(cast.administrator).get(url("working_copy_file"))
    assert json.loads(working.content) == payload.dump()


def test_going_back_asks_for_a_reason_and_publishes_anew(cast: Cast) -> None:
    publish_renamed(cast)
    browser = client_of(cast.administrator)
    page = browser.get(url("rollback", 1)).content.decode()
    assert "is called <strong>Amount</strong>" in page
    assert b"This field is required" in browser.post(url("rollback", 1), {"reason": ""}).content
    answer = browser.post(url("rollback", 1), {"reason": "It confused people"})
    assert messages_of(answer) == ["Version 1 is published again, as version 3."]
    row = ConfigSnapshot.objects.get(version=3)
    assert (row.rolled_back_to, row.reason) == (1, "It confused people")
    assert newest().types["deal"].fields["amount"].labels == {"en": "Amount"}
    assert raw_field("deal", "amount")["labels"] == {"en": "Amount"}


def test_going_back_to_what_is_live_is_said_to_be_nothing(cast: Cast) -> None:
    answer = client_of(cast.administrator).post(url("rollback", 1), {"reason": "x"})
    assert "Version 1 is what is published" in messages_of(answer)[0]
    assert newest().version == 1


def test_where_two_persons_publish_it_becomes_the_working_copy(cast: Cast) -> None:
    publish_renamed(cast)
    Company.objects.update(two_person=True)
    publication.publish(user=cast.administrator)
    browser = client_of(cast.administrator)
    answer = browser.post(url("rollback", 1))
    assert answer.url == url("review")
    assert newest().version == 3
    assert raw_field("deal", "amount")["labels"] == {"en": "Amount"}
