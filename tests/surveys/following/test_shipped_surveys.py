"""The surveys of the packs can be answered, and are followed up, on a company that has nothing but the packs."""

from __future__ import annotations

from crm_config import packs, publication
from crm_config.live import live
from crm_config.models import User
from jobs.services import run_pending
from surveys.definitions import surveys_of
from surveys.models import FollowUp
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
