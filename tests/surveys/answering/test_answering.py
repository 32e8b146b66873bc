"""A survey on its page: without a login, a cookie or a script."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from surveys.models import Invitation, Response
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


def test_whoever_has_an_open_link_answers():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    assert who.page.status_code == 200 and "Nps" in who.text
    who.send(nps="9", why="Fast")
    assert "Thanks a lot" in who.text and "We read it all." in who.text
    row = only()
    assert (row.status, row.end) == (Status.COMPLETED, "thanks")
    assert rows() == [("nps", "", "", 9.0, ""), ("why", "", "", None, "Fast")]


def test_looking_stores_nothing():
    publish(survey())
    asked = invite()
    Respondent(asked.token).open(a="nps:10")
    asked.refresh_from_db()
    assert asked.status == Invitation.Status.SENT and not Response.objects.exists()


def test_an_answer_in_the_address_is_chosen_and_not_recorded():
    publish(survey())
    asked = invite()
    who = Respondent(asked.token)
    who.open(a="nps:10")
    assert who.fields["i-nps"] == ["10"] and not Response.objects.exists()
    who.send()
    assert only().values == {"nps": "10"} and rows() == [("nps", "", "", 10.0, "")]


@pytest.mark.parametrize("said", ["nps:11", "nps:x", "nothing:1", "nps", ":", "nps:", "why:\0"])
def test_what_does_not_fit_in_the_address_is_left_out(said: str):
    publish(survey())
    who = Respondent(open_link().token)
    assert who.open(a=said).status_code == 200 and "i-nps" not in who.fields


def test_the_invitation_says_how_far_it_came():
    publish(survey(steps=[page("one", question("nps", "nps")), page("two", question("why"))]))
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    who.send(nps="3")
    asked.refresh_from_db()
    assert asked.status == Invitation.Status.STARTED and asked.started_at
    assert only().status == Status.PARTIAL and only().person_id == asked.person_id
    who.send(why="Slow")
    asked.refresh_from_db()
    assert asked.status == Invitation.Status.COMPLETED and asked.completed_at
    assert only().invitation_id == asked.pk and only().seconds.keys() == {"one", "two"}


def test_no_cookie_is_set_and_no_other_host_is_asked():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    policy = who.page["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", who.page.content.decode())
    assert "style=" not in who.page.content.decode()
    who.send(nps="9")
    assert not who.client.cookies and who.page["Cache-Control"] == "no-store"


def test_the_first_page_with_all_it_loads_is_small():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    folder = settings.BASE_DIR / "static"
    loaded = re.findall(r'(?:src|href)="/static/([^"]+)"', who.page.content.decode())
    scripts = with_imports({folder / name for name in loaded if name.endswith(".js")})
    files = {*scripts, *(folder / name for name in loaded)}
    names = {path.name for path in files}
    assert {"survey.js", "survey.css", "filling.js", "logic.js", "proof.js"} <= names
    size = len(who.page.content) + sum(path.stat().st_size for path in files)
    assert size < 50_000


def with_imports(scripts: set[Path]) -> set[Path]:
    more = {
        (script.parent / name).resolve()
        for script in scripts
        for name in re.findall(r"""^import .* from ['"](.+)['"];""", script.read_text(), re.M)
    }
    return with_imports(scripts | more) if more - scripts else scripts


def test_what_is_missing_is_said_and_what_was_typed_stays():
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    who.send(why="Typed")
    assert who.page.status_code == 422 and 'href="#i-nps"' in who.text
    assert who.fields["i-why"] == "Typed" and not Response.objects.exists()


def test_pages_lead_back_and_forth_by_their_own_addresses():
    publish(survey(steps=[page("one", question("nps", "nps")), page("two", question("why"))]))
    who = Respondent(open_link().token)
    who.open()
    assert "Page 1 of 2" in who.text
    who.send(nps="7")
    assert "Page 2 of 2" in who.text
    one = who.page.redirect_chain[0][0].replace("page=two", "page=one")
    who.follow(one)
    assert "Page 1 of 2" in who.text and who.fields["i-nps"] == ["7"]
    who.send(nps="8")
    who.send("back", why="So")
    assert who.fields["i-nps"] == ["8"]
    who.send()
    assert who.fields["i-why"] == "So"
    who.send()
    assert only().values == {"nps": "8", "why": "So"}


def test_one_question_a_page():
    publish(survey(settings={"one_per_page": True}))
    who = Respondent(open_link().token)
    who.open()
    assert "Question 1 of 2" in who.text and "Why" not in who.text
    who.send(nps="5")
    assert "Question 2 of 2" in who.text and "Nps" not in who.text
    who.send(why="Because")
    assert only().status == Status.COMPLETED
