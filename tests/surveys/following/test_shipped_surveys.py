"""The surveys of the packs can be answered, and are followed up, on a company that has nothing but the packs."""

from __future__ import annotations

from django.core import mail

from crm_config import packs, publication
from crm_config.live import live
from crm_config.models import User
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate.change import Change
from surveys.definitions import surveys_of
from surveys.models import FollowUp, Invitation
from tests.cast import create
from tests.kept import kept
from tests.surveys.surveying import Respondent, invite, open_link


@kept
def shipped() -> int:
    for key in packs.shipped():
        packs.install(packs.read(key))
    return publication.publish(user=None).version


def test_each_has_a_page_in_each_language(shipped: int) -> None:
    found = surveys_of(live())
    assert set(found) == {
        "nps", "pulse", "csat_request", "ces_onboarding", "lost_deal", "event_feedback",
    }  # fmt: skip
    for key, survey in found.items():
        who = Respondent(open_link(key).token)
        for language in live().company.languages:
            assert who.open(lang=language).status_code == 200
            assert survey.labels[language] in who.text


def test_a_low_recommendation_becomes_a_task_and_stays_with_the_person(shipped: int) -> None:
    owner = User.objects.create_user("seller")
    pk = create("person", given_name="Ana", family_name="Popa", owner=owner.pk)
    who = Respondent(invite("nps", pk).token)
    who.open()
    who.send(nps="3")
    who.send(why="Nobody called back.", call="yes")
    assert "We are sorry" in who.text
    run_pending()
    row = FollowUp.objects.get()
    assert row.rule == "unhappy" and row.owner == owner and row.problems == []
    assert row.made is not None and row.record is not None
    assert row.made.title == "Call Ana Popa: recommends us with 3 of 10"
    assert row.made.long_data["description"] == "Nobody called back." and row.made.data["due"]
    assert row.record.data["last_nps"] == 3 and row.record.data["last_nps_at"]


def test_who_works_here_stays_unknown(shipped: int) -> None:
    who = Respondent(open_link("pulse").token)
    who.open()
    who.send(mood="1", words="Too much")
    run_pending()
    row = FollowUp.objects.get()
    assert row.record is None and row.made is not None and "Too much" not in str(row.made.data)


def test_who_had_a_request_solved_is_asked_once_and_called_back(shipped: int) -> None:
    owner = User.objects.create_user("helper")
    who = create("person", given_name="Ion", family_name="Rusu", email="ion@example.com")
    said = {"subject": "No light", "requester": who, "owner": owner.pk, "solution": "A new fuse"}
    pk = create("request", **said)
    for stage in ("open", "solved", "open", "solved"):
        move = Change("change", id=pk, values={"stage": stage})
        services.execute_or_raise([move], access=Access.system(), channel="system")
        run_pending()
    asked, again = Invitation.objects.order_by("pk")
    assert (asked.survey, asked.person_id, asked.record_id) == ("csat_request", who, pk)
    assert asked.status == "sent" and [letter.to for letter in mail.outbox] == [["ion@example.com"]]
    assert again.status == "skipped" and again.why
    customer = Respondent(asked.token)
    customer.open()
    customer.send(csat="1")
    customer.send(why="It took a week.")
    run_pending()
    row = FollowUp.objects.get()
    assert (row.survey, row.owner, row.problems) == ("csat_request", owner, [])
    assert row.made is not None and row.made.type == "task"
