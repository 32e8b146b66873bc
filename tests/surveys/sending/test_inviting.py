"""Who is asked, once, and who is left out with the reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from jobs.services import run_pending
from records import services as gate
from records.access import Access
from records.contact.sealing import sealed
from records.contact.services import unsubscribe
from records.errors import Forbidden
from records.gate import Change
from records.models import ContactEntry
from surveys.models import Invitation
from surveys.sending import services
from surveys.sending.services import invite
from tests.cast import Cast, create
from tests.surveys.sending.world import named, person, publish, survey, system

pytestmark = pytest.mark.django_db


def asked(*ids: int, key: str = "nps", **more: Any) -> list[str]:
    return [o.why for o in invite(named(key), ids, access=more.pop("access", system()), **more)]


def test_a_person_is_asked_and_the_address_and_language_are_the_records(cast: Cast) -> None:
    publish()
    pk = person("Anna", language="el")
    assert asked(pk) == [""]
    row = Invitation.objects.get()
    assert (row.status, row.email, row.language) == ("queued", "anna@example.com", "el")
    assert row.person_id == row.record_id == pk and len(row.token) > 30


def test_a_record_leads_to_the_person_who_is_asked(cast: Cast) -> None:
    publish(survey("csat", "ticket", recipient="contact"))
    anna = person("Anna")
    with_contact = create("ticket", subject="Broken", contact=[anna])
    without = create("ticket", subject="Nobody")
    assert asked(with_contact, without, key="csat") == ["", "nobody"]
    row = Invitation.objects.get(status="queued")
    assert (row.record_id, row.person_id) == (with_contact, anna)


@pytest.mark.parametrize(("once", "expected"), [
    ("person", ["", "asked"]), ("record", ["", ""]), ("occasion", ["", ""]),
])  # fmt: skip
def test_once_for_each_person_or_record_or_occasion(
    cast: Cast, once: str, expected: list[str]
) -> None:
    publish(survey("csat", "ticket", recipient="contact", once=once), contact_budget=[])
    anna = person("Anna")
    tickets = [create("ticket", subject=n, contact=[anna]) for n in "AB"]
    assert [asked(pk, key="csat", occasion="one")[0] for pk in tickets] == expected
    assert asked(tickets[0], key="csat", occasion="one") == ["asked"]
    again = asked(tickets[0], key="csat", occasion="two")
    assert again == ([""] if once == "occasion" else ["asked"])


def test_two_records_of_one_person_in_one_sending_ask_once(cast: Cast) -> None:
    publish(survey("csat", "ticket", recipient="contact", once="person"), contact_budget=[])
    anna = person("Anna")
    tickets = [create("ticket", subject=n, contact=[anna]) for n in "AB"]
    assert asked(*tickets, key="csat") == ["", "asked"]


def test_not_again_within_the_gap(cast: Cast) -> None:
    publish(survey(gap_days=10), contact_budget=[])
    pk = person("Anna")
    assert asked(pk, occasion="one") == [""]
    assert asked(pk, occasion="two") == ["gap"]
    left = Invitation.objects.get(status="skipped")
    assert left.next_free is not None
    long_ago = timezone.now() - timedelta(days=11)
    Invitation.objects.filter(status="queued").update(created_at=long_ago)
    assert asked(pk, occasion="three") == [""]


def test_who_is_over_the_budget_is_left_out_with_the_next_free_date(cast: Cast) -> None:
    publish(survey("nps"), survey("csat"))
    pk = person("Anna")
    assert asked(pk) == [""]
    run_pending()
    services.send_due()
    assert asked(pk, key="csat") == ["budget:surveys"]
    left = Invitation.objects.get(survey="csat")
    assert left.status == "skipped" and left.next_free is not None
    assert ContactEntry.objects.get(status="skipped").what == "survey:csat"


def test_whoever_was_left_out_can_be_asked_another_time(cast: Cast) -> None:
    publish(survey(once="person"))
    pk = person("Anna", no_mail=True)
    assert asked(pk, occasion="one") == ["refuses"]
    change = Change("change", id=pk, values={"no_mail": False})
    gate.execute_or_raise([change], access=system(), channel="system")
    assert asked(pk, occasion="two") == [""]


def test_consent_is_asked_where_the_survey_rests_on_it(cast: Cast) -> None:
    publish(survey(basis="consent"))
    assert asked(person("No"), person("Yes", agrees=["email"])) == ["no_consent", ""]


def test_transactional_ones_are_free_of_the_budget(cast: Cast) -> None:
    publish(survey("nps"), survey("csat", transactional=True))
    pk = person("Anna")
    asked(pk)
    services.send_due()
    assert asked(pk, key="csat") == [""]


def test_the_budget_is_passed_over_with_a_reason_by_who_may(cast: Cast) -> None:
    publish(survey("nps"), survey("csat"))
    pk = person("Anna", owner=cast.owner.pk)
    asked(pk)
    services.send_due()
    with pytest.raises(Forbidden):
        asked(pk, key="csat", access=Access.of(cast.owner), override="I want")
    said = asked(pk, key="csat", access=Access.of(cast.administrator), override="She called")
    assert said == [""]
    services.send_due()
    assert Invitation.objects.get(survey="csat").status == "sent"
    entry = ContactEntry.objects.get(override="She called")
    assert entry.by == cast.administrator and entry.what == "survey:csat"


def test_only_records_that_one_may_share_and_persons_one_sees(cast: Cast) -> None:
    publish(survey("nps"), survey("csat", "ticket", recipient="contact"), contact_budget=[])
    mine, others = person("Mine", owner=cast.owner.pk), person("Others", owner=cast.stranger.pk)
    assert asked(mine, others, access=Access.of(cast.owner)) == ["", "not_found"]
    assert asked(mine, access=Access.of(cast.teammate)) == ["not_found"], "support may not share"
    ticket = create("ticket", subject="Mine", contact=[others], owner=cast.owner.pk)
    assert asked(ticket, key="csat", access=Access.of(cast.owner)) == ["nobody"]


def test_a_no_in_the_meantime_calls_the_invitation_back(cast: Cast) -> None:
    publish(survey("nps"), survey("news", purpose="news"), contact_budget=[])
    pk = person("Anna")
    for key in ("nps", "news"):
        asked(pk, key=key)
    unsubscribe(sealed("anna@example.com"), purpose="news", how="page", record_id=pk)
    assert Invitation.objects.get(survey="news").status == "cancelled"
    assert Invitation.objects.get(survey="nps").status == "queued"


def test_of_whoever_is_erased_nothing_goes_out_and_no_address_stays(cast: Cast) -> None:
    publish()
    pk = person("Anna")
    asked(pk)
    gate.execute_or_raise([Change("delete", id=pk)], access=system(), channel="system")
    run_pending()
    services.send_due()
    row = Invitation.objects.get()
    assert (row.status, row.email, row.person_id, row.sent_at) == ("cancelled", "", None, None)
