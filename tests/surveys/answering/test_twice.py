"""Sent twice, on two devices, gone back, gone on later: each answer counts once, and none is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from surveys.models import QuotaCount, Response
from tests.surveys.flow.test_flow import with_quota
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    open_link,
    page,
    publish,
    question,
    rows,
    survey,
)

pytestmark = pytest.mark.django_db
Status = Response.Status


def two_pages(**more):
    return survey(steps=[page("one", question("nps", "nps")), page("two", question("why"))], **more)


def test_a_page_that_is_sent_twice_counts_once():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    data, action = {**who.fields, "i-nps": "9", "go": "next"}, who.action
    who.post(data, action)
    who.post({**data, "i-nps": "2"}, action)
    assert "Thanks a lot" in who.text and only().values == {"nps": "9"}


def test_two_devices_answer_one_invitation():
    publish(two_pages())
    asked = invite()
    phone, desk = Respondent(asked.token), Respondent(asked.token)
    phone.open()
    desk.open()
    phone.send(nps="9")
    desk.send(nps="4")
    assert only().values["nps"] == "4"
    phone.send(why="From the phone")
    desk.send(why="From the desk")
    assert only().values == {"nps": "4", "why": "From the phone"}
    assert "Thanks a lot" in desk.text
    assert Respondent(asked.token).open().status_code == 200
    assert [r[0] for r in rows()] == ["nps", "why"]


def test_it_goes_on_later_on_another_device_by_the_personal_link():
    publish(two_pages())
    asked = invite()
    phone = Respondent(asked.token)
    phone.open()
    phone.send(nps="9")
    desk = Respondent(asked.token)
    desk.open()
    assert "Page 2 of 2" in desk.text
    desk.send(why="Later")
    assert only().values == {"nps": "9", "why": "Later"}
    again = Respondent(asked.token)
    again.open()
    assert "answered this survey already" in again.text and "Change" not in again.text


def test_without_a_personal_link_it_is_kept_by_one_of_its_own():
    publish(two_pages(settings={"resume": True}))
    who = Respondent(open_link().token)
    who.open()
    who.send(nps="9")
    who.send("save", why="Half")
    token = only().token
    assert f"/s/{token}/" in who.text
    other = Respondent(token)
    other.open()
    assert other.fields["i-why"] == "Half"
    other.send()
    assert only().status == Status.COMPLETED


def test_answers_can_be_changed_where_the_survey_says_so():
    publish(two_pages(settings={"editable": True}))
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    who.send(nps="9")
    who.send(why="Good")
    first = only()
    again = Respondent(asked.token)
    again.open()
    assert "Change my answers" in again.text
    again.open(edit="1", page="one")
    again.send(nps="3")
    kept = only()
    assert kept.values["nps"] == "9" and kept.editing["values"]["nps"] == "3"
    assert rows() == [("nps", "", "", 9.0, ""), ("why", "", "", None, "Good")]
    again.send(why="Bad")
    assert only().values == {"nps": "3", "why": "Bad"} and only().editing is None
    assert rows() == [("nps", "", "", 3.0, ""), ("why", "", "", None, "Bad")]
    assert only().pk == first.pk


def test_answers_cannot_be_changed_where_it_does_not():
    publish(survey())
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    who.send(nps="9")
    again = Respondent(asked.token)
    again.open(edit="1")
    assert "<form" not in again.page.content.decode()
    assert only().editing is None


def test_a_page_that_was_open_for_long_comes_back_with_what_was_typed(monkeypatch):
    publish(two_pages())
    who = Respondent(invite().token)
    who.open()
    who.send(nps="9")
    data = {**who.fields, "seal": "forged", "i-why": "Typed", "go": "next"}
    who.post(data)
    assert who.page.status_code == 409 and who.fields["i-why"] == "Typed"
    who.send()
    assert only().values == {"nps": "9", "why": "Typed"}


def test_what_people_answered_stands_when_the_survey_changes_meanwhile():
    publish(two_pages())
    who = Respondent(invite().token)
    who.open()
    who.send(nps="9")
    before = only().config_version
    publish(
        survey(
            steps=[
                page("one", question("nps", "nps")),
                page("two", question("why"), question("more")),
            ]
        )
    )
    who.send(why="Typed")
    assert "changed in the meantime" in who.text and who.fields["i-why"] == "Typed"
    who.send(more="Too")
    row = only()
    assert row.values == {"nps": "9", "why": "Typed", "more": "Too"}
    assert row.config_version > before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_take_more_places_than_there_are():
    publish(with_quota(3))
    link = open_link()

    def answer(n: int) -> None:
        try:
            who = Respondent(link.token)
            who.open()
            who.send(nps="10")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(answer, range(8)))
    found = Response.objects.values_list("status", flat=True)
    assert sorted(found) == ["completed"] * 3 + ["screened"] * 5
    assert QuotaCount.objects.get().taken == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("invited", [True, False])
def test_one_page_sent_by_many_hands_at_once_is_one_answer(invited):
    """Pressed twice by a slow phone, or two devices that complete the same invitation."""
    publish(survey())
    token = invite().token if invited else open_link().token
    first = Respondent(token)
    first.open()
    data, action = {**first.fields, "i-nps": "9", "go": "next"}, first.action

    def send(n: int) -> int:
        try:
            who = Respondent(token)
            if invited:
                who.open()
                return who.send(nps="9").status_code
            return who.post(data, action).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(8))) == {200}
    assert only().status == Status.COMPLETED and rows() == [("nps", "", "", 9.0, "")]


def test_back_from_the_second_page_it_goes_on_with_what_was_begun():
    """Under an open link, the first page knows the answers that were begun from it by its seal alone."""
    publish(two_pages())
    who = Respondent(open_link().token)
    who.open()
    assert "no-store" not in who.page["Cache-Control"]
    first, action = who.fields, who.action
    who.send(nps="9")
    assert who.page["Cache-Control"] == "no-store"
    who.post({**first, "i-nps": "3", "go": "next"}, action)
    who.send(why="So")
    assert only().values == {"nps": "3", "why": "So"}


def test_scripts_keep_answers_while_somebody_gives_them():
    publish(two_pages())
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    fields, action = who.fields, who.action
    kept = who.client.post(action, {**fields, "i-nps": "9", "go": "auto"})
    assert kept["Content-Type"] == "application/json" and only().values == {"nps": "9"}
    assert only().seconds == {}
    who.client.post(action, {**fields, "seal": kept.json()["seal"], "i-nps": "4", "go": "auto"})
    other = Respondent(asked.token)
    other.open()
    assert other.fields["i-nps"] == ["4"] and Response.objects.count() == 1
    other.send()
    assert only().seconds.keys() == {"one"}


def test_a_number_means_the_same_in_another_language():
    much = question("much", "number", options={"decimals": 2})
    publish(survey(steps=[page("one", much), page("two", question("why"))]))
    who = Respondent(invite(language="el").token)
    who.open()
    who.send("lang:en", much="1.250")
    assert who.fields["i-much"] == "1250.0" and "Page 1 of 2" in who.text
    who.send("lang:el", much="1250.5")
    assert who.fields["i-much"] == "1250,5"
    who.send()
    who.send(why="")
    assert only().values == {"much": 1250.5} and rows() == [("much", "", "", 1250.5, "")]
