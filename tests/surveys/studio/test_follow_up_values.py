"""Values that a follow-up gives to records are asked for with the fields' own inputs, and kept as they are typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from crm_config import payload
from crm_config.live import live
from surveys.definitions import surveys_of
from surveys.models import Survey
from surveys.studio.sources import AnswerSources
from tests import company as small
from tests.cast import Cast
from tests.crm_config.studio import client_of
from tests.surveys.following.following import LOW, company, keeping, rule
from tests.surveys.studio.building import address, row

pytestmark = pytest.mark.django_db
OPEN = {"labels_en": "Call them", "when": json.dumps(LOW), "days": "2", "make_type": "task"}


def builder(cast: Cast, *rules: dict[str, Any], **more: Any) -> Client:
    raw = company(*rules, **more)
    task = next(each for each in raw["record_types"] if each["key"] == "task")
    task["fields"] += [
        small.field("due", "datetime"),
        small.field("urgent", "boolean"),
        small.field("kind", "choice", choices=[small.option("call"), small.option("visit")]),
    ]
    payload.load(raw, replace=True)
    small.publish(company=raw)
    return client_of(cast.administrator)


def posted(client: Client, path: str) -> dict[str, list[str]]:
    """What a browser would send of the form of a page, as it stands there."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    form = next(each for each in page.find_all("form") if each.select_one("[name=days]"))
    found: dict[str, list[str]] = {}
    for each in form.find_all(["input", "select", "textarea"]):
        if not (name := each.get("name")) or each.get("type") == "submit":
            continue
        if each.get("type") in ("checkbox", "radio") and not each.has_attr("checked"):
            continue
        chosen = each.find_all("option", selected=True) or each.find_all("option")[:1]
        usual = (
            each.text.removeprefix("\n")
            if each.name == "textarea"
            else each.get("value", "on" if each.get("type") == "checkbox" else "")
        )
        values = [o.get("value", "") for o in chosen] if each.name == "select" else [usual]
        found.setdefault(name, []).extend(values)
    return found


def told(page: str) -> list[str]:
    found = BeautifulSoup(page, "html.parser").select(".error-message")
    return [each.text.strip() for each in found if each.text.strip()]


def test_each_kind_of_value_is_asked_for_and_kept(cast: Cast) -> None:
    client = builder(cast)
    rows = {
        "subject": {"how": "text", "text_en": "Call {person.title}", "text_el": "Κλήση"},
        "due": {"how": "day", "day": "3"},
        "amount": {"how": "answer:nps"},
        "kind": {"how": "value", "value": "visit"},
        "urgent": {"how": "value", "value": "on"},
        "owner": {"how": "value", "value": str(cast.manager.pk)},
        "team": {"how": "nothing"},
    }
    sent: dict[str, Any] = {**OPEN, "make_set-row": list(rows)}
    sent |= {f"make_set-{k}-{n}": v for k, part in rows.items() for n, v in part.items()}
    sent |= {"set-row": ["trend", "asked_on"], "set-trend-how": "trend:nps"}
    sent |= {"set-asked_on-how": "day", "set-asked_on-day": "0"}
    answer = client.post(address("add_part", "follow_ups"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    made = row().follow_ups[-1]
    assert made["make"]["set"] == {
        "subject": {"text": {"en": "Call {person.title}", "el": "Κλήση"}},
        "due": {"today": 3},
        "amount": {"answer": "nps"},
        "kind": "visit",
        "urgent": True,
        "owner": cast.manager.pk,
    }
    assert made["set"] == {"trend": {"trend": "nps"}, "asked_on": {"today": 0}}


def test_what_stands_there_is_shown_and_saved_as_it_was(cast: Cast) -> None:
    """Also what nothing here can say."""
    said = {
        "subject": {"text": {"en": "Call", "el": "Κλήση"}},
        "due": {"today": 2},
        "amount": {"score": True},
        "kind": "{answer.why}",
        "urgent": True,
        "owner": cast.owner.pk,
    }
    making = {"type": "task", "link": "about", "set": said}
    client = builder(cast, rule(make=making), keeping(when=LOW, labels={"en": "Keep"}, days=2))
    for number in (0, 1):
        path, before = address("part", "follow_ups", number), row().follow_ups[number]
        answer = client.post(path, posted(client, path))
        assert answer.status_code == 302, answer.context["form"].errors
        assert row().follow_ups[number] == before
    page = client.get(address("part", "follow_ups", 0)).content.decode()
    assert "As it stands: &quot;{answer.why}&quot;" in page and "Κλήση" in page


def test_one_more_field_is_asked_for_with_all_that_was_typed(cast: Cast) -> None:
    client = builder(cast)
    path = address("add_part", "follow_ups")
    page = client.get(path).content.decode()
    assert "Show its fields" in page
    page = client.post(path, {**OPEN, "labels_en": "", "again": "make_set"}).content.decode()
    assert "make_set-add" in page and told(page) == [] and 'value="due"' in page
    typed = {"make_set-row": "subject", "make_set-subject-how": "text"}
    typed |= {"make_set-subject-text_en": "Half a thought", "make_set-add": "kind"}
    page = client.post(path, {**OPEN, **typed, "again": "make_set"}).content.decode()
    assert "Half a thought" in page and "make_set-kind-value" in page
    assert told(page) == [] and len(row().follow_ups) == 1


def test_bad_input_is_kept_and_told_at_its_place(cast: Cast) -> None:
    client = builder(cast)
    rows = {"amount": "many", "kind": "dance"}
    sent: dict[str, Any] = {**OPEN, "make_set-row": [*rows, "subject"], "make_set-add": "due"}
    sent |= {f"make_set-{k}-value": v for k, v in rows.items()}
    sent |= {f"make_set-{k}-how": "value" for k in rows} | {"make_set-subject-how": "text"}
    answer = client.post(address("add_part", "follow_ups"), sent)
    form, page = answer.context["form"], answer.content.decode()
    assert "Amount, Kind, Subject, Due" in str(form.errors["make_set"])
    assert len(told(page)) == 5
    assert 'value="many"' in page and "Write the text." in page and "Enter a whole number" in page
    assert len(row().follow_ups) == 1


def test_a_field_that_is_not_there_is_told_and_can_be_left_out(cast: Cast) -> None:
    client = builder(cast)
    survey = Survey.objects.get()
    survey.follow_ups[0]["make"]["set"]["colour"] = "Zinnoberrot"
    survey.save()
    path = address("part", "follow_ups", 0)
    page = client.get(path).content.decode()
    assert "colour (not there)" in page and "Zinnoberrot" in page
    sent = posted(client, path)
    answer = client.post(path, sent)
    assert "colour" in str(answer.context["form"].errors["make_set"])
    assert "Zinnoberrot" in answer.content.decode()
    assert client.post(path, sent | {"make_set-colour-drop": "on"}).status_code == 302
    assert "colour" not in row().follow_ups[0]["make"]["set"]


def test_nothing_of_the_record_is_offered_in_an_anonymous_survey(cast: Cast) -> None:
    making = {"type": "task", "set": {"subject": "Somebody"}}
    client = builder(cast, rule(make=making, to={"role": "manager"}), settings={"anonymous": True})
    page = client.get(address("part", "follow_ups", 0)).content.decode()
    assert "{answer.why}" in page and "{person.title}" not in page
    assert "answer:nps" in page and "from:" not in page and "trend:" not in page
    assert 'name="set-rows"' not in page


@pytest.mark.parametrize("junk", ["{", "[" * 3000, '{"a": 1}', "\u0000"])
def test_forged_raw_values_break_nothing(cast: Cast, junk: str) -> None:
    client = builder(cast)
    sent = {**OPEN, "make_set-row": "kind", "make_set-kind-how": "raw", "make_set-kind-raw": junk}
    answer = client.post(address("add_part", "follow_ups"), sent)
    assert answer.status_code in (200, 302)


def test_what_was_typed_for_another_way_of_saying_it_is_in_nobodys_way(cast: Cast) -> None:
    client = builder(cast)
    typed = {"make_set-amount-how": "answer:nps", "make_set-amount-value": "many"}
    answer = client.post(
        address("add_part", "follow_ups"), {**OPEN, "make_set-row": "amount", **typed}
    )
    assert answer.status_code == 302
    assert row().follow_ups[-1]["make"]["set"] == {"amount": {"answer": "nps"}}


def test_money_stands_as_it_was_given_and_a_source_does_not(cast: Cast) -> None:
    builder(cast)
    snapshot = live()
    sources = AnswerSources(surveys_of(snapshot)["pulse"], snapshot)
    money = {"amount": "12.50", "currency": "EUR"}
    assert sources.of_value(money) == money and sources.of_value({"answer": "nps"}) is None
