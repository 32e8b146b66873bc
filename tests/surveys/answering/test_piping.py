"""Names of pages and the buttons of end pages tell what questions may tell: earlier answers and the record."""

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import payload, publication
from crm_config.problems import ConfigurationInvalid
from crm_config.references import where_used
from records.access import Access
from surveys.results.asking import Asked
from surveys.results.chosen import Chosen
from surveys.results.rates import pages
from tests.surveys.surveying import (
    DONE,
    Respondent,
    invite,
    open_link,
    page,
    person,
    publish,
    published,
    question,
    survey,
)

pytestmark = pytest.mark.django_db


def naming(name: str = "", button: str = "", **more) -> dict:
    second = page("two", question("more"), labels={"en": name})
    end = {**DONE, "url": "https://reviews.example/", "button": {"en": button}}
    return survey(steps=[page("one", question("mood")), second], ends=[end], **more)


def test_they_are_filled_in_and_escaped():
    publish(naming("So {answer.mood}, {person.given_name}", "Tell others, {record.given_name}"))
    who = Respondent(invite(record=person(given_name="<b>Ana")).token)
    who.open()
    who.send(mood="<i>well")
    text = who.page.content.decode()
    assert "<strong>So &lt;i&gt;well, &lt;b&gt;Ana</strong>" in text and "<i>" not in text
    who.send(more="")
    assert "Tell others, &lt;b&gt;Ana</a>" in who.page.content.decode()


def test_what_has_no_value_is_left_out_and_an_empty_button_has_its_usual_name():
    publish(naming("{person.given_name}", "{answer.mood}"))
    who = Respondent(open_link().token)
    who.open()
    who.send()
    assert "Page 2 of 2</p>" in who.text
    who.send()
    assert ">Go on</a>" in who.text


@pytest.mark.parametrize("where", ["name", "button"])
@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("{answer.nothing}", {}, "there is no answer “nothing”"),
        ("{record.loudness}", {}, "there is no field “loudness”"),
        ("{person.owner}", {}, "there is no field “owner”"),
        ("{person.given_name}", {"settings": {"anonymous": True}}, "shows nothing of the record"),
    ],
)
def test_the_same_checks_hold(where, text, more, said):
    with pytest.raises(ConfigurationInvalid, match=said):
        publish(naming(**{where: text}, **more))


@pytest.mark.parametrize("where", ["name", "button"])
def test_where_a_field_is_used_is_known(where):
    publish(naming(**{where: "{person.given_name}"}))
    path = ("record_types", "person", "fields", "given_name")
    found = where_used(path, publication.as_published(payload.dump()))
    assert ("surveys", "pulse") in {reference.source for reference in found}


def test_whoever_reads_the_results_sees_nobodys_name(cast):
    publish(naming("Dear {person.given_name}", settings={"floor": 1}))
    who = Respondent(invite(record=person(given_name="Anastasia")).token)
    who.open()
    who.send(mood="well")
    assert "Dear Anastasia" in who.text
    access = Access.of(cast.manager)
    rates = pages(Chosen(published(), access, Asked()))
    assert [rate.label for rate in rates] == ["1", "Dear …"]


def test_the_preview_tells_the_record_by_its_fields(admin_client):
    publish(naming("Dear {record.given_name}", "Go, {person.given_name}"))
    client: Client = admin_client
    address = reverse("survey_studio:frame", args=["pulse"])
    first = client.get(address)
    seal = first.context["seal"]
    second = client.post(address, {"seal": seal, "step": "one", "go": "next", "i-mood": "well"})
    assert "Dear ‹Given name›" in second.content.decode()
    seal = second.context["seal"]
    end = client.post(address, {"seal": seal, "step": "two", "go": "next"})
    assert "Go, ‹given_name›" in end.content.decode()
