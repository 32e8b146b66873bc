"""The logic of a form holds in the records' own screens: the server decides, whatever was posted."""

import json
import re
from typing import Any

import pytest

from records.models import Record
from tests.cast import Cast, create
from tests.forms_builder.forms import step
from tests.forms_builder.layouts.staff import item, laid_out, staff
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db
WON = {"field": "won", "op": "is_true"}


def post(cast: Cast, address: str, **given: Any) -> Any:
    return browser(cast.owner).post(address, {f"f-{key}": value for key, value in given.items()})


def new(cast: Cast, **given: Any) -> Any:
    return post(cast, url("new", "deal"), **given)


def test_what_is_hidden_is_taken_out_and_never_required(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won"), item("close_date", shown_when=WON, required=True)))
    assert new(cast, name="D", close_date="2026-01-01").status_code == 302
    assert "close_date" not in Record.unscoped.get().data


def test_nonsense_in_what_is_hidden_stands_in_nobodys_way(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won"), item("close_date", shown_when=WON)))
    assert new(cast, name="D", close_date="soon").status_code == 302


def test_what_is_hidden_can_be_kept(cast: Cast) -> None:
    laid_out(
        staff(item("name"), item("won"), item("close_date", shown_when=WON, when_hidden="keep"))
    )
    new(cast, name="D", close_date="2026-01-01")
    assert Record.unscoped.get().data["close_date"] == "2026-01-01"


def test_a_value_that_stood_there_is_taken_out_when_its_question_goes(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won"), item("close_date", shown_when=WON)))
    deal = create("deal", cast.owner, name="D", won=True, close_date="2026-01-01")
    assert post(cast, url("edit", deal), name="D", close_date="2026-01-01").status_code == 302
    assert "close_date" not in Record.unscoped.get(pk=deal).data


def test_required_while_the_condition_holds(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won"), item("close_date", required_when=WON)))
    refused = new(cast, name="D", won="on")
    assert set(refused.context["form"].errors) == {"close_date"}
    assert not Record.unscoped.exists()
    assert new(cast, name="D").status_code == 302


def test_what_the_type_requires_is_required_where_it_is_asked(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won")))
    refused = new(cast, won="on")
    assert set(refused.context["form"].errors) == {"name"}


def test_what_is_fixed_keeps_what_the_record_has(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won"), item("close_date", readonly_when=WON)))
    deal = create("deal", cast.owner, name="D", close_date="2026-01-01")
    post(cast, url("edit", deal), name="D", won="on", close_date="2027-07-07")
    assert Record.unscoped.get(pk=deal).data["close_date"] == "2026-01-01"


def test_what_nobody_can_change_is_only_read(cast: Cast) -> None:
    laid_out(staff(item("name", readonly=True), item("won")))
    deal = create("deal", cast.owner, name="Standing")
    client = browser(cast.owner)
    shown = client.get(url("edit", deal))
    assert "name" not in shown.context["form"].fields and "Standing" in text_of(shown)
    client.post(url("edit", deal), {"f-name": "Forged", "f-won": "on"})
    assert Record.unscoped.get(pk=deal).data == {"name": "Standing", "won": True}


def test_a_rule_gives_the_value(cast: Cast) -> None:
    rule = {"when": WON, "value": ["hot"]}
    laid_out(staff(item("name"), item("won"), item("tags", value_set_when=[rule])))
    new(cast, name="D", won="on", tags=["new"])
    assert Record.unscoped.get().data["tags"] == ["hot"]


def test_an_option_that_is_not_offered_is_refused(cast: Cast) -> None:
    rule = {"option": "hot", "when": WON}
    laid_out(staff(item("name"), item("won"), item("tags", options_when=[rule])))
    refused = new(cast, name="D", tags=["hot", "new"])
    assert "not among the options now" in str(refused.context["form"].errors["tags"])
    assert new(cast, name="D", won="on", tags=["hot", "new"]).status_code == 302


def test_messages_are_told_and_may_stand_in_the_way(cast: Cast) -> None:
    told = {"when": WON, "message": {"en": "Congratulations"}}
    barred = {"when": WON, "message": {"en": "Not on my watch"}, "blocks": True}
    laid_out(
        staff(item("name"), item("won", message_when=[told])),
        staff(
            item("name"),
            item("won"),
            item("barred", "text", options={"text": {"en": "x"}}, message_when=[barred]),
            key="other",
            settings={"roles": ["manager"]},
        ),
    )
    deal = create("deal", cast.owner, name="D", won=True)
    assert "Congratulations" in text_of(browser(cast.owner).get(url("edit", deal)))
    refused = browser(cast.manager).post(url("edit", deal), {"f-name": "E", "f-won": "on"})
    assert "Not on my watch" in text_of(refused)
    assert Record.unscoped.get(pk=deal).data["name"] == "D"


def test_a_step_that_is_not_there_asks_nothing(cast: Cast) -> None:
    steps = [
        step("one", item("name"), item("won")),
        step("two", item("close_date", required=True), shown_when=WON),
    ]
    laid_out(staff(steps=steps))
    assert new(cast, name="D").status_code == 302
    assert "close_date" in new(cast, name="D", won="on").context["form"].errors


def sent_logic(answer: Any) -> Any:
    found = re.search(r'<script type="application/json">(.*?)</script>', text_of(answer), re.S)
    assert found is not None
    return json.loads(found.group(1))


def test_the_browser_gets_the_logic_with_the_names_of_the_fields(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won"), item("till", options={"field": "close_date"})))
    logic = sent_logic(browser(cast.owner).get(url("new", "deal")))
    assert logic["names"]["till"] == "f-close_date"
    assert [each["key"] for each in logic["items"]] == ["name", "won", "till"]


def test_what_one_may_not_know_decides_nothing_and_is_not_told(cast: Cast) -> None:
    """Sales may not see the margin: neither the rule's number nor which way it goes."""
    rich = {"field": "margin", "op": "gt", "value": 918273}
    laid_out(
        staff(
            item("name"),
            item("margin"),
            item("notes", shown_when=rich),
            item("headcount", shown_when={"not": rich}),
            type="organisation",
        )
    )
    org = create("organisation", cast.owner, name="O", headcount=5)
    Record.unscoped.filter(pk=org).update(data={"name": "O", "margin": 918274, "headcount": 5})
    shown = browser(cast.owner).get(url("edit", org))
    assert "918273" not in text_of(shown) and "918274" not in text_of(shown)
    form = shown.context["form"]
    assert not form.states["notes"].shown and form.states["headcount"].shown
    assert "918273" in json.dumps(sent_logic(browser(cast.administrator).get(url("edit", org))))
