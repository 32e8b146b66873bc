"""Values that actions give are asked for with the fields' own inputs, and kept as they were said."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records.models import Record
from tests.cast import Cast, create
from tests.crm_config.studio import client_of
from tests.workflows.automations.making import action, automation
from workflows.models import Automation, AutomationRun

pytestmark = pytest.mark.django_db


def at(name: str, *args: str) -> str:
    return reverse(f"automation_studio:{name}", args=["a", *args])


def arguments(place: int = -1) -> dict[str, Any]:
    return Automation.objects.get().actions[place]["arguments"]


def sent(rows: dict[str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    found = {"values-rows": "1", "values-row": list(rows), **more}
    return found | {f"values-{k}-{n}": v for k, part in rows.items() for n, v in part.items()}


@pytest.fixture
def studio(published: Any, cast: Cast) -> Client:
    published(automation("a", action("s", "set_fields", values={"won": {"value": True}})))
    return client_of(cast.administrator)


def test_each_source_is_asked_for_kept_and_at_work(studio: Client, cast: Cast) -> None:
    rows = {
        "name": {"how": "formula", "formula": "name + ' again'"},
        "amount": {"how": "value", "value_amount": "12.50", "value_currency": "EUR"},
        "close_date": {"how": "day", "day": "3"},
        "won": {"how": "value", "value": "on"},
        "customer": {"how": "from:customer"},
        "owner": {"how": "from:customer.owner"},
    }
    answer = studio.post(at("action", "s"), sent(rows))
    assert answer.status_code == 302, answer.context["form"].errors
    assert arguments() == {
        "values": {
            "name": {"formula": "name + ' again'"},
            "amount": {"value": {"amount": "12.50", "currency": "EUR"}},
            "close_date": {"today": 3},
            "won": {"value": True},
            "customer": {"from": "customer"},
            "owner": {"from": "customer.owner"},
        }
    }


def test_what_is_made_is_asked_for_once_its_type_is_chosen(studio: Client, cast: Cast) -> None:
    path = at("add_action", "create_record")
    page = studio.get(path).content.decode()
    assert "Show its fields" in page and "Company (Person)" in page
    page = studio.post(path, {"type": "person", "again": "values"}).content.decode()
    assert "error-message" not in page and 'value="family_name"' in page
    assert "(Person)" not in page and len(Automation.objects.get().actions) == 1
    rows = {
        "family_name": {"how": "text", "text_en": "Of a deal"},
        "email": {"how": "value", "value": "a@example.com"},
    }
    answer = studio.post(path, sent(rows, type="person", link=""))
    assert answer.status_code == 302, answer.context["form"].errors
    assert arguments() == {
        "type": "person",
        "values": {
            "family_name": {"value": "Of a deal"},
            "email": {"value": "a@example.com"},
        },
    }


def test_what_stands_there_is_shown_and_saved_as_it_was(published: Any, cast: Cast) -> None:
    said = {
        "name": {"from": "customer.name"},
        "amount": {"formula": "amount * 2"},
        "won": {"value": True},
        "close_date": {"today": 2},
    }
    published(automation("a", action("s", "set_fields", values=said)))
    studio = client_of(cast.administrator)
    page = BeautifulSoup(studio.get(at("action", "s")).content, "html.parser")
    shown = {
        each["name"].removeprefix("values-").removesuffix("-how"): each.select_one(
            "option[selected]"
        )["value"]
        for each in page.select("select[name$=-how]")
    }
    assert shown == {
        "name": "from:customer.name",
        "amount": "formula",
        "won": "value",
        "close_date": "day",
    }
    rows: dict[str, dict[str, Any]] = {
        key: {"how": how, "raw": page.select_one(f"[name=values-{key}-raw]")["value"]}
        for key, how in shown.items()
    }
    rows["amount"]["formula"] = page.select_one("[name=values-amount-formula]")["value"]
    rows["close_date"]["day"] = page.select_one("[name=values-close_date-day]")["value"]
    rows["won"]["value"] = "on"
    assert studio.post(at("action", "s"), sent(rows)).status_code == 302
    assert arguments() == {"values": said}


def test_the_return_key_saves(studio: Client) -> None:
    """A browser presses the first button of the form."""
    page = BeautifulSoup(studio.get(at("action", "s")).content, "html.parser")
    form = next(each for each in page.select("form") if each.select_one("[name=values-rows]"))
    assert form.select_one("button[type=submit], button:not([type])").get("name") is None


def test_bad_input_is_kept_and_told_at_its_place(studio: Client) -> None:
    before = arguments()
    rows = {
        "amount": {"how": "formula", "formula": "amount *"},
        "close_date": {"how": "value", "value": "someday"},
        "name": {"how": "text"},
    }
    answer = studio.post(at("action", "s"), sent(rows))
    page = answer.content.decode()
    assert answer.status_code == 200 and 'value="amount *"' in page and 'value="someday"' in page
    assert "Look again at: Close date, Name" in page.replace("&#x27;", "'")
    answer = studio.post(at("action", "s"), sent({"amount": rows["amount"]}))
    assert "The formula cannot be read at character" in answer.content.decode()
    assert arguments() == before


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("amount *", "cannot be read"),
        ("nothing + 1", "no field “nothing”"),
        ("customer.gone", "no field “customer.gone”"),
        ("explode(amount)", "explode"),
        ("__import__('os')", "__import__"),
    ],
)
def test_a_formula_that_cannot_be_worked_out_is_not_published(
    published: Any, formula: str, said: str
) -> None:
    with pytest.raises(ConfigurationInvalid, match=said):
        published(automation("a", action("s", "set_fields", values={"name": {"formula": formula}})))


def test_a_formula_may_read_the_title(published: Any, cast: Cast) -> None:
    values = {"name": {"formula": "title + '!'"}}
    once = {"field": "name", "op": "not_contains", "value": "!"}
    published(automation("a", action("s", "set_fields", values=values), condition=once))
    pk = create("deal", cast.owner, name="Roof")
    run_pending()
    assert AutomationRun.objects.get().state == "done"
    assert Record.unscoped.get(pk=pk).title == "Roof!"
