"""What nobody should send: nothing of it is let in, what to do is said, and what was typed is not lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.models import Invitation, Knock, Response
from tests.forms_builder.visitor import upload
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    open_link,
    options,
    page,
    publish,
    question,
    rows,
    survey,
)

pytestmark = pytest.mark.django_db
LOW = {"field": "nps", "op": "lte", "value": 6}


def test_who_guesses_learns_nothing_and_costs_the_same():
    publish(survey())
    asked = invite()
    skipped = invite(record=asked.record_id, status=Invitation.Status.SKIPPED)
    told = set()
    counts = set()
    for token in ("x" * 32, "x" * 900, skipped.token, asked.token[:-1], asked.token.swapcase()):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Respondent(token).open()
        told.add((answer.status_code, answer.content))
        counts.add(len(queries))
    assert len(told) == 1 and len(counts) == 1
    assert told.pop()[0] == 404


def test_who_posts_to_a_guess_gets_the_same():
    publish(survey())
    who = Respondent("y" * 32)
    assert who.post({"i-nps": "9"}, who.path).status_code == 404 and not Response.objects.exists()


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, 410, "not good any more"),
        ({"status": Invitation.Status.CANCELLED}, 410, "not good any more"),
    ],
)
def test_an_invitation_is_over(more, status, said):
    publish(survey())
    who = Respondent(invite(**more).token)
    assert who.open().status_code == status and said in who.text
    assert who.post({"i-nps": "9"}).status_code == status and not Response.objects.exists()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"opens": "2999-01-01"}, "not open yet"),
        ({"closes": "2020-01-01"}, "closed"),
        ({"closes": "2020-01-01", "closed": {"en": "See you next year"}}, "See you next year"),
    ],
)
def test_a_survey_has_its_time(settings, said):
    publish(survey(settings=settings))
    who = Respondent(open_link().token)
    who.open()
    assert said in who.text and "<form" not in who.page.content.decode()
    test = Respondent(open_link(kind="test").token)
    assert "A test" in test.open().content.decode()


def test_an_archived_survey_and_a_closed_link_take_nothing():
    publish(survey())
    link = open_link()
    who = Respondent(link.token)
    who.open()
    link.closed_at = timezone.now()
    link.save()
    who.send(nps="9", why="Typed")
    assert who.page.status_code == 409 and "Typed" in who.text
    publish({**survey(), "retired": True})
    assert Respondent(invite().token).open().status_code == 410
    assert not Response.objects.exists()


def test_closed_meanwhile_gives_back_what_was_typed():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    publish(survey(settings={"closes": "2020-01-01"}))
    who.send(nps="9", why="My long text")
    assert "closed" in who.text and "My long text" in who.text and not Response.objects.exists()


def test_an_option_that_was_withdrawn_meanwhile_is_said_at_its_place():
    asked = question("how", "single_choice", options={"options": options("a", "b")})
    publish(survey("pulse", asked, question("why")))
    who = Respondent(open_link().token)
    who.open()
    left = question("how", "single_choice", options={"options": options("a")})
    publish(survey("pulse", left, question("why")))
    who.send(how="b", why="Typed")
    assert who.page.status_code == 409 and "changed in the meantime" in who.text
    assert who.fields["i-why"] == "Typed"
    who.send(how="b")
    assert who.page.status_code == 422 and not Response.objects.exists()
    who.send(how="a")
    assert only().values == {"how": "a", "why": "Typed"}


def test_answers_of_an_earlier_page_that_fit_no_more_lead_back_there():
    how = question("how", "single_choice", options={"options": options("a", "b")})
    less = question("how", "single_choice", options={"options": options("a")})
    publish(survey(steps=[page("one", how), page("two", question("why"))]))
    who = Respondent(open_link().token)
    who.open()
    who.send(how="b")
    publish(survey(steps=[page("one", less), page("two", question("why"))]))
    who.send(why="Typed")
    who.send()
    assert who.page.status_code == 422 and "not among the options" in who.text
    assert "Page 1 of 2" in who.text
    who.send(how="a")
    who.send()
    assert only().values == {"how": "a", "why": "Typed"}


def test_closed_between_two_pages_what_was_begun_stays_and_what_was_typed_comes_back():
    pages = [page("one", question("nps", "nps")), page("two", question("why"))]
    publish(survey(steps=pages))
    who = Respondent(invite().token)
    who.open()
    who.send(nps="9")
    publish(survey(steps=pages, settings={"closes": "2020-01-01"}))
    who.send(why="My long text")
    assert who.page.status_code == 409 and "My long text" in who.text
    row = only()
    assert (row.status, row.values) == (Response.Status.PARTIAL, {"nps": "9"}) and not rows()
    publish(survey(steps=pages))
    who.open()
    who.send(why="After all")
    assert only().values == {"nps": "9", "why": "After all"}


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "ranking", "dropdown"])
def test_an_option_that_is_withdrawn_and_kept_takes_no_new_answers(kind):
    """Who has answered with it keeps it; who is about to, is told."""
    raw = options("a", "b")
    retired = [raw[0], {**raw[1], "retired": True}]
    publish(survey("pulse", question("how", kind, options={"options": raw})))
    name, value = ("i-how-b", "1") if kind == "ranking" else ("i-how", "b")
    early, late = Respondent(open_link().token), Respondent(open_link().token)
    early.open()
    late.open()
    early.send(**{name: value})
    before = rows()
    publish(survey("pulse", question("how", kind, options={"options": retired})))
    late.send(**{name: value})
    assert late.page.status_code == 409 and "changed in the meantime" in late.text
    if kind != "ranking":  # What is no part of a ranking any more is not read at all.
        late.post({**late.fields, name: value, "go": "next"})
    assert rows() == before
    late.send(**({"i-how-a": "1"} if kind == "ranking" else {"how": "a"}))
    found = Response.objects.filter(status=Response.Status.COMPLETED)
    assert {row.answers.get().option for row in found} == {"a", "b"}


def test_a_token_opens_its_own_survey_and_no_other():
    """Each invitation, link and response is of one survey, whatever else is sent along."""
    publish(survey(), survey("other", question("secret", labels={"en": "Of the other one"})))
    mine, other = invite(), invite("other")
    who = Respondent(mine.token)
    who.open(survey="other", page="secret")
    assert "Of the other one" not in who.text
    who.post({**who.fields, "survey": "other", "i-secret": "Forged", "i-nps": "9", "go": "next"})
    assert only().survey == "pulse" and "secret" not in only().values
    used = Respondent(other.token)
    used.open()
    used.post({**used.fields, "i-secret": "Mine", "go": "next"})
    assert {row.survey: row.invitation_id for row in Response.objects.all()} == {
        "pulse": mine.pk,
        "other": other.pk,
    }


def test_answers_to_questions_that_are_not_shown_are_not_let_in():
    publish(survey("pulse", question("nps", "nps"), question("why", shown_when=LOW)))
    who = Respondent(open_link().token)
    who.open()
    who.send(nps="9", why="Forged", nothing="Forged", **{"i-jump__0": "on"})
    assert only().values == {"nps": "9"} and rows() == [("nps", "", "", 9.0, "")]


def test_a_megabyte_is_told_to_be_too_long_and_comes_back():
    publish(survey(steps=[page("one", question("why", "long_text")), page("two", question("b"))]))
    who = Respondent(open_link().token)
    who.open()
    who.send(why="a" * 1_000_000)
    assert who.page.status_code == 422 and "5,000" in who.text.replace("5000", "5,000")
    assert len(who.fields["i-why"]) == 1_000_000 and not Response.objects.exists()
    who.send(why="short")
    who.send("back", b="x" * 900_000)
    assert only().values["why"] == "short" and len(str(only().values)) < 1000


def test_more_than_the_machine_takes_is_told_so():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    who.send(why="a" * 11_000_000)
    assert who.page.status_code == 413 and not Response.objects.exists()


def test_the_page_of_another_survey_or_person_is_none_of_ours():
    publish(survey(), survey("other"))
    theirs = Respondent(open_link("other").token)
    theirs.open()
    who = Respondent(open_link().token)
    who.open()
    who.post({**who.fields, "seal": theirs.fields["seal"], "i-nps": "9", "go": "next"})
    assert who.page.status_code == 409 and "open for long" in who.text
    assert who.fields["i-nps"] == ["9"] and not Response.objects.exists()


def test_answers_of_one_person_are_not_handed_in_for_another():
    publish(survey(steps=[page("one", question("nps", "nps")), page("two", question("why"))]))
    mine, theirs = invite(), invite()
    who = Respondent(mine.token)
    who.open()
    who.send(nps="9")
    who.post({**who.fields, "i-why": "Forged", "go": "next"}, f"/s/{theirs.token}/")
    mine.refresh_from_db()
    assert mine.status == Invitation.Status.STARTED
    assert Response.objects.get(invitation=mine).status == Response.Status.PARTIAL
    assert Response.objects.get(invitation=theirs).values.get("nps") is None


def test_an_archived_survey_gives_back_what_was_typed():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    publish({**survey(), "retired": True})
    who.send(nps="9", why="My long text")
    assert who.page.status_code == 410 and "My long text" in who.text


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    who.send(nps="9", homepage="http://spam.example")
    assert "Thank you" in who.text and not Response.objects.exists()


def test_one_network_answers_open_links_so_often_and_no_more():
    publish(survey(settings={"per_hour": 2}))
    link = open_link()
    for n in range(4):
        who = Respondent(link.token)
        who.open()
        who.send(nps="9", why=f"Typed {n}")
        assert who.page.status_code == (200 if n < 2 else 429)
    assert who.fields["i-why"] == "Typed 3" and Response.objects.count() == 2
    assert Knock.objects.get().count == 2
    personal = Respondent(invite().token)
    personal.open()
    personal.send(nps="9")
    assert Response.objects.count() == 3


def test_files_are_judged_by_what_is_in_them(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    publish(survey("pulse", question("proof", "file", options={"types": ["pdf"]})))
    who = Respondent(open_link().token)
    who.open()
    who.send(files={"proof": upload("evil.pdf", b"MZ\x90")})
    assert who.page.status_code == 422
    who.send(files={"proof": upload("bill.pdf", b"%PDF-1.4 bill")})
    row = only()
    assert row.files["proof"]["name"] == "bill.pdf" and rows() == [("proof", "", "", 1.0, "")]
