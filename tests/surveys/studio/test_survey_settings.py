"""How a survey is answered, sent and followed up is said on screens, and nothing else is lost by saying it."""

import pytest

from surveys.models import Survey
from tests.forms_builder.studio import posted
from tests.surveys.studio.building import LOW, address, row
from tests.surveys.studio.building import two_pages as survey
from tests.surveys.surveying import publish

pytestmark = pytest.mark.django_db


def test_settings_are_saved_and_what_is_not_asked_stays(browser):
    Survey.objects.update(intro={"en": "Hello", "xx": "Kept"})
    sent = posted(browser, address("settings"))
    sent |= {"anonymous": "on", "opens": "2026-12-01", "floor": "8", "min_seconds": "0"}
    sent |= {"roles": ["sales"], "closed_en": "Too late", "embed": "https://www.example.com"}
    answer = browser.post(address("settings"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert row().settings == {
        "anonymous": True,
        "opens": "2026-12-01",
        "floor": 8,
        "min_seconds": 0,
        "closed": {"en": "Too late"},
        "embed": ["https://www.example.com"],
        "results": {"roles": ["sales"]},
    }
    assert row().intro == {"en": "Hello", "xx": "Kept"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("opens", "soon"), ("privacy", "example"), ("embed", "https://a/b"), ("floor", "0")],
)
def test_what_cannot_be_is_refused_at_its_field(browser, name, value):
    sent = posted(browser, address("settings")) | {name: value}
    assert name in browser.post(address("settings"), sent).context["form"].errors
    assert row().settings == {}


def test_sending_is_saved_and_its_mail_is_shown(browser):
    sent = {
        "recipient": "",
        "email": "email",
        "subject_en": "{{ survey }}: what do you think?",
        "body_en": "Dear {{ given_name }}, {{ link }} {{ nothing }}",
        "first_question": "nps",
        "reminders": "7, 3",
        "expires_days": "30",
        "basis": "consent",
        "purpose": "surveys",
        "once": "person",
        "transactional": "on",
    }
    answer = browser.post(address("sending"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert row().sending == {
        "email": "email",
        "subject": {"en": "{{ survey }}: what do you think?"},
        "body": {"en": "Dear {{ given_name }}, {{ link }} {{ nothing }}"},
        "first_question": "nps",
        "reminders": [3, 7],
        "expires_days": 30,
        "basis": "consent",
        "purpose": "surveys",
        "once": "person",
        "transactional": True,
    }
    (mail,) = browser.get(address("sending")).context["mails"]
    assert mail.subject == "Pulse: what do you think?"
    assert "‹" in mail.body and "{{" not in mail.body and mail.unknown == ["nothing"]


@pytest.mark.parametrize("days", ["soon", "0", "1, 9999"])
def test_reminders_are_days(browser, days):
    answer = browser.post(address("sending"), {"reminders": days})
    assert answer.context["form"].errors["reminders"]


def test_a_follow_up_is_added_and_changed(browser):
    sent = {
        "labels_en": "Call them",
        "when": '{"field":"nps","op":"lte","value":6}',
        "days": "0",
        "to_role": "sales",
        "set-row": "given_name",
        "set-given_name-how": "answer:more",
    }
    answer = browser.post(address("add_part", "follow_ups"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    (rule,) = row().follow_ups
    assert rule == {
        "key": "call_them",
        "labels": {"en": "Call them"},
        "when": LOW,
        "to": {"role": "sales"},
        "set": {"given_name": {"answer": "more"}},
        "days": 0,
        "notify": False,
    }
    assert "Call them" in browser.get(address("follow_ups")).content.decode()
    path = address("part", "follow_ups", 0)
    both = browser.post(path, sent | {"to_of": "owner"})
    assert both.context["form"].errors["to_role"]
    assert browser.post(path, sent | {"days": "3", "notify": "on"}).status_code == 302
    assert row().follow_ups[0]["days"] == 3 and "notify" not in row().follow_ups[0]


def test_lists_kept_by_hand_are_offered_to_a_follow_up(browser):
    kept = {"key": "vip", "type": "person", "labels": {"en": "Unhappy"}, "kind": "static"}
    other = {**kept, "key": "firms", "type": "organisation"}
    publish(survey(), segments=[kept, other])
    form = browser.get(address("add_part", "follow_ups")).context["form"]
    assert form.fields["lists"].choices == [("vip", "Unhappy")]


def test_the_preview_goes_to_the_end_that_the_answers_lead_to_and_keeps_nothing(browser):
    page = browser.get(address("frame"))
    seal, step = page.context["seal"], page.context["step"].key
    assert step == "score" and b"i-nps" in page.content
    page = browser.post(address("frame"), {"seal": seal, "step": step, "i-nps": "9", "go": "next"})
    assert page.context["step"].key == "rest"
    sent = {"seal": page.context["seal"], "step": "rest", "go": "next"}
    assert "Thanks a lot" in browser.post(address("frame"), sent).content.decode()
    page = browser.post(address("frame"), {"seal": seal, "step": step, "i-nps": "2", "go": "next"})
    assert page.context["step"].key == "reasons"


def test_in_the_preview_each_question_may_have_a_page(browser):
    publish(survey(settings={"one_per_page": True}))
    page = browser.get(address("frame"))
    sent = {"seal": page.context["seal"], "step": page.context["step"].key, "i-nps": "2"}
    page = browser.post(address("frame"), {**sent, "go": "next"})
    assert b"i-why" in page.content and b"i-more" not in page.content
