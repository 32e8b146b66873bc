"""The order of fields and sections: by drag (JSON), by menu, and told to everybody who looks."""

import json
from typing import Any

from crm_config.models import RecordType
from crm_config.working_copy import arrangement
from tests.cast import Cast
from tests.crm_config.studio import client_of, messages_of, raw_type, url

FIELDS = ["name", "amount", "close_date", "won", "tags", "customer"]


def add_section(cast: Cast, name: str) -> None:
    client_of(cast.administrator).post(url("section_add", "deal"), {"labels_en": name})


def order() -> list[tuple[str, list[str]]]:
    return arrangement.as_keys(RecordType.objects.get(key="deal"))


def drag(cast: Cast, wanted: list[tuple[str, list[str]]]) -> Any:
    body = json.dumps([{"key": key, "fields": fields} for key, fields in wanted])
    return client_of(cast.administrator).post(
        url("arrange", "deal"), body, content_type="application/json"
    )


def test_a_drag_puts_fields_in_order_and_into_sections(cast: Cast) -> None:
    add_section(cast, "Money matters")
    wanted = [
        ("", ["customer", "name"]),
        ("money_matters", ["amount", "close_date", "won", "tags"]),
    ]
    answer = drag(cast, wanted)
    assert answer.status_code == 200
    assert "unpublished change" in answer.json()["bar"]
    assert order() == wanted
    assert [f["key"] for f in raw_type("deal")["fields"]] == [
        *wanted[0][1],
        *wanted[1][1],
    ]


def test_a_stale_drag_changes_nothing_and_says_so(cast: Cast) -> None:
    answer = drag(cast, [("", FIELDS[:-1])])
    assert answer.status_code == 409
    assert "Load the page again" in answer.json()["message"]
    assert order() == [("", FIELDS)]


def test_nonsense_is_refused(cast: Cast) -> None:
    answer = client_of(cast.administrator).post(
        url("arrange", "deal"), "[1]", content_type="application/json"
    )
    assert answer.status_code == 400


def test_the_menu_moves_a_field_by_one_and_to_a_section(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    answer = browser.post(url("arrange", "deal"), {"move": "amount:-1"})
    assert answer.url == url("type", "deal", moved="amount") + "#tab-fields"
    assert order()[0][1][:2] == ["amount", "name"]
    browser.post(url("arrange", "deal"), {"move": "amount:-1"})
    assert order()[0][1][:2] == ["amount", "name"]
    add_section(cast, "Later")
    browser.post(url("arrange", "deal"), {"move": "amount:later"})
    assert dict(order())["later"] == ["amount"]


def test_a_move_that_cannot_be_is_said(cast: Cast) -> None:
    answer = client_of(cast.administrator).post(url("arrange", "deal"), {"section": "nothing:1"})
    assert messages_of(answer) == ["It could not be moved. Load the page again."]


def test_sections_are_added_renamed_moved_and_removed(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    add_section(cast, "One")
    add_section(cast, "Two")
    browser.post(url("section", "deal", "one"), {"labels_en": "First", "labels_el": "Πρώτο"})
    browser.post(url("arrange", "deal"), {"section": "two:-1"})
    assert raw_type("deal")["sections"] == [
        {"key": "two", "labels": {"en": "Two"}},
        {"key": "one", "labels": {"en": "First", "el": "Πρώτο"}},
    ]
    browser.post(url("arrange", "deal"), {"move": "amount:one"})
    browser.post(url("section_delete", "deal", "one"))
    assert [s["key"] for s in raw_type("deal")["sections"]] == ["two"]
    assert "amount" in dict(order())[""]


def test_each_field_can_be_moved_without_a_mouse(cast: Cast) -> None:
    add_section(cast, "Later")
    page = client_of(cast.administrator).get(url("type", "deal")).content.decode()
    assert 'aria-label="Move Amount: press up or down"' in page
    for value in ("amount:-1", "amount:1", "amount:later"):
        assert f'value="{value}"' in page
