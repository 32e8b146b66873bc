"""A respondent is erased: what was counted stays, what was written and joined to them does not."""

import pytest

from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate.change import Change
from surveys.answering import base, visits
from surveys.models import Response
from tests.forms_builder.visitor import upload
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    open_link,
    options,
    page,
    person,
    publish,
    question,
    rows,
    survey,
)

pytestmark = pytest.mark.django_db
QUESTIONS = (
    question("nps", "nps"),
    question("how", "single_choice", options={"options": options("a", "b"), "other": True}),
    question("why", "long_text"),
    question("reach", "contact"),
    question("born", "date"),
)
ANSWERS = {
    "nps": "3",
    "how": "other",
    "i-how_other": "As Maria from Cluj",
    "why": "I am Maria",
    "i-reach-name": "Maria Popa",
    "i-reach-email": "maria@example.com",
    "i-reach-phone": "",
    "born": "1980-01-31",
}


def erase(pk: int) -> None:
    change = Change("delete", id=pk)
    services.execute_or_raise([change], access=Access.system(), channel="system")
    run_pending()


def answered(pk: int, **more) -> Respondent:
    who = Respondent(invite(record=pk, **more).token)
    who.open()
    who.send(**ANSWERS, seen="nps how how_other why reach born")
    assert "Thanks a lot" in who.text
    return who


def test_counts_stay_and_words_go():
    publish(survey("pulse", *QUESTIONS, question("tier", "hidden")))
    pk = person()
    answered(pk, fixed={"tier": "Gold Maria"})
    before = only()
    erase(pk)
    row = only()
    assert row.status == Response.Status.COMPLETED and row.completed_at == before.completed_at
    assert row.values == {"nps": "3", "how": "other"} and row.fixed == {}
    found = {(q, p, o, n, t) for q, p, o, n, t in rows(row)}
    assert ("nps", "", "", 3.0, "") in found and ("how", "", "other", None, "") in found
    assert {text for *_rest, text in found} == {""} and len(found) == len(rows(row))
    assert (row.person_id, row.sender) == (None, "") and row.token != before.token
    assert "Maria" not in str(vars(row))


def test_those_of_others_stay_as_they_are():
    publish(survey("pulse", *QUESTIONS))
    gone, stays = person(), person()
    answered(gone)
    answered(stays)
    who = Respondent(open_link().token)
    who.open()
    who.send(why="I am nobody's")
    erase(gone)
    kept = {r.person_id: r.values.get("why") for r in Response.objects.exclude(values__why=None)}
    assert kept == {stays: "I am Maria", None: "I am nobody's"}


def test_what_was_only_begun_is_forgotten_with_its_files(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    asked = [page("one", question("cv", "file"), question("why")), page("two", question("more"))]
    publish(survey(steps=asked))
    pk = person()
    who = Respondent(invite(record=pk).token)
    who.open()
    who.send(why="I am Maria", files={"cv": upload("cv.txt", b"Maria")})
    assert only().files and any(path.is_file() for path in tmp_path.rglob("*"))
    with django_capture_on_commit_callbacks(execute=True):
        erase(pk)
    row = only()
    assert (row.status, row.values, row.files) == (Response.Status.PARTIAL, {}, {})
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_changes_that_were_not_sent_are_forgotten():
    pages = [page("one", question("nps", "nps")), page("two", question("why"))]
    publish(survey(steps=pages, settings={"editable": True}))
    pk = person()
    who = Respondent(invite(record=pk).token)
    who.open()
    who.send(nps="3")
    who.send(why="I am Maria")
    who.open(edit="1")
    who.send(nps="9")
    assert only().editing is not None
    erase(pk)
    assert only().editing is None and only().values == {"nps": "3"}


def test_a_page_that_was_on_its_way_meanwhile_adds_nothing(monkeypatch):
    pages = [page("one", question("nps", "nps")), page("two", question("why"))]
    publish(survey(steps=pages))
    pk = person()
    who = Respondent(invite(record=pk).token)
    who.open()
    who.send(nps="3")

    def find(*given):
        """The page is let in; then its person is erased, before anything is kept."""
        found = visits.find(*given)
        erase(pk)
        return found

    monkeypatch.setattr(base, "find", find)
    who.send(why="I am Maria")
    assert who.page.status_code == 404 and "Maria" not in str(vars(only()))
    assert only().status == Response.Status.PARTIAL


def test_the_old_link_of_the_answers_leads_nowhere():
    publish(survey("pulse", *QUESTIONS))
    pk = person()
    answered(pk)
    token = only().token
    erase(pk)
    assert Respondent(token).open().status_code == 404
