"""Anonymous answers are joined to nothing: there is nothing that they could be joined by."""

import re

import pytest

from forms_builder.models import Consent
from surveys.models import Invitation, Response
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    page,
    publish,
    question,
    survey,
)

pytestmark = pytest.mark.django_db


def anonymous(**more):
    steps = [page("one", question("nps", "nps")), page("two", question("why"))]
    return survey(steps=steps, settings={"anonymous": True, **more})


def answered(token: str) -> Respondent:
    who = Respondent(token)
    who.open()
    who.send(nps="2")
    who.send(why="Bad boss")
    return who


def test_the_answers_name_nobody_and_no_moment():
    publish(anonymous())
    asked = invite(fixed={"who": "Ana"})
    answered(asked.token)
    row = only()
    assert (row.invitation, row.record, row.person, row.link, row.sender) == (None,) * 4 + ("",)
    moments = (row.started_at, row.touched_at, row.completed_at)
    # Midnight in Athens.
    assert {(m.minute, m.second, m.microsecond) for m in moments} == {(0, 0, 0)}
    assert {m.hour for m in moments} <= {21, 22} and row.fixed == {}


def test_the_invitation_learns_that_it_was_used_and_nothing_else():
    publish(anonymous())
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    who.send(nps="2")
    asked.refresh_from_db()
    assert asked.status == Invitation.Status.SENT and asked.started_at is None
    who.send(why="Bad")
    asked.refresh_from_db()
    assert asked.status == Invitation.Status.COMPLETED
    assert asked.started_at is None and asked.completed_at is None


def test_no_address_joins_the_two():
    """What servers write down of a visit holds the invitation's token alone."""
    publish(anonymous())
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    addresses = [who.action]
    who.send(nps="2")
    addresses += [who.action, *(url for url, _status in who.page.redirect_chain)]
    who.send(why="Bad")
    addresses += [url for url, _status in who.page.redirect_chain]
    token = only().token
    assert not [a for a in addresses if token in a or not a.startswith(f"/s/{asked.token}/")]
    assert "Thanks a lot" in who.text and token not in who.text


def test_an_invitation_is_good_for_one_answer():
    publish(anonymous())
    asked = invite()
    first, second = Respondent(asked.token), Respondent(asked.token)
    first.open()
    second.open()
    first.send(nps="2")
    second.send(nps="9")
    first.send(why="First")
    second.send(why="Second")
    assert "used already" in second.text
    done = Response.objects.filter(status="completed")
    assert [r.values["why"] for r in done] == ["First"]
    again = Respondent(asked.token)
    assert "used already" in again.open().content.decode()


def test_it_is_not_kept_for_later_by_a_link_that_forgets_the_invitation():
    publish(anonymous(resume=True))
    who = Respondent(invite().token)
    who.open()
    assert not re.search(r'value="save"', who.page.content.decode())
    who.send(nps="1")
    who.send("save", why="x")
    assert "Kept for later" not in who.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (question("h", "hidden", options={"field": "email"}), "takes nothing of the record"),
        (
            question("c", "consent", options={"text": {"en": "Yes"}, "purpose": "news"}),
            "Nobody knows whose",
        ),
        (question("q", labels={"en": "Dear {person.given_name}"}), "shows nothing of the record"),
    ],
)
def test_what_would_name_somebody_cannot_be_published(asked, said):
    with pytest.raises(Exception, match=said):
        publish(survey("pulse", question("nps", "nps"), asked, settings={"anonymous": True}))
    assert not Consent.objects.exists()
