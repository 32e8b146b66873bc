"""Packs in the admin: looked at in words, loaded into the working copy, refused with reasons."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm_config import packs, payload, publication
from crm_config.live import newest
from crm_config.models import RecordType
from tests.cast import Cast
from tests.company import field, record_type
from tests.crm_config.studio import client_of, messages_of, url

MACHINE = {
    "format": 1,
    "pack": {"key": "machines", "labels": {"en": "Machines"}},
    "record_types": [record_type("machine", field("name"), title_template="{name}")],
}
BROKEN = {
    **MACHINE,
    "record_types": [record_type("machine", field("name"), title_template="{name}", columns=["x"])],
}


def upload(cast: Cast, content: Any, **more: str) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile("pack.json", body, "application/json")
    return client_of(cast.administrator).post(url("packs"), {"file": file, **more})


def test_shipped_packs_are_offered(cast: Cast) -> None:
    page = client_of(cast.administrator).get(url("packs")).content.decode()
    for key in packs.shipped():
        assert url("pack", key) in page


@pytest.mark.parametrize("key", sorted(packs.shipped()))
def test_a_shipped_pack_is_told_before_it_is_loaded(cast: Cast, key: str) -> None:
    before = payload.digest(payload.dump())
    page = client_of(cast.administrator).get(url("pack", key))
    assert page.status_code == 200
    assert payload.digest(payload.dump()) == before


def test_an_uploaded_pack_is_checked_told_and_then_loaded(cast: Cast) -> None:
    page = upload(cast, MACHINE)
    text = page.content.decode()
    assert "Checked: nothing stands in the way." in text
    assert "The record type is added" in text
    assert not RecordType.objects.filter(key="machine").exists()
    checked = page.context["checked"]
    answer = client_of(cast.administrator).post(
        url("pack_load"), {"content": checked["content"].value(), "replace": ""}
    )
    assert answer.url == url("review")
    assert RecordType.objects.filter(key="machine").exists()
    assert RecordType.objects.filter(key="deal").exists()
    assert "machine" not in newest().types


def test_a_pack_may_take_the_place_of_the_working_copy(cast: Cast) -> None:
    page = upload(cast, MACHINE, replace="on")
    assert "The record type is removed." in page.content.decode()
    client_of(cast.administrator).post(
        url("pack_load"), {"content": page.context["checked"]["content"].value(), "replace": "True"}
    )
    assert [t.key for t in RecordType.objects.all()] == ["machine"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not json", "This is not JSON"),
        (b"\xff\xfe", "This is not a JSON file."),
        ({"format": 2}, "It cannot be loaded"),
        (
            {**MACHINE, "record_types": [{**MACHINE["record_types"][0], "columns": ["x"]}]},
            "There is no field “x” in use.",
        ),
        ({**MACHINE, "pack": {"key": "m", "requires": ["nothing"]}}, "builds on"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_why(cast: Cast, content: Any, message: str) -> None:
    page = upload(cast, content)
    assert page.status_code == 200
    assert message in page.content.decode()
    assert publication.changes() == []


def test_a_tampered_second_step_loads_nothing(cast: Cast) -> None:
    answer = client_of(cast.administrator).post(url("pack_load"), {"content": "nonsense"})
    assert messages_of(answer) == ["Choose the file again."]
    assert publication.changes() == []


def test_what_is_taken_out_comes_back_in_unchanged(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    exported = browser.get(url("working_copy_file")).content
    assert b"It changes nothing" in upload(cast, exported, replace="on").content
