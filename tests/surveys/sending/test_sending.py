"""Mails through a real mail server: what stands in them, and that each goes out once whatever happens."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from jobs.services import run_pending
from records import services as gate
from records.access import Access
from records.contact.sealing import opened
from records.gate import Change
from records.models import ContactEntry, Unsubscription
from records.selection import Selection
from surveys.models import Invitation
from surveys.sending import dispatching, services
from surveys.sending.services import invite
from tests.cast import Cast, create
from tests.surveys.sending.world import Mailbox, mail_server, named, person, publish, survey, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Any) -> Any:
    with mail_server(settings) as found:
        yield found


def ask(*ids: int, key: str = "nps") -> None:
    invite(named(key), ids, access=system())


def statuses() -> dict[str, str]:
    return dict(Invitation.objects.values_list("email", "status"))


def test_the_mail_is_written_by_the_template_with_the_first_question(
    cast: Cast, box: Mailbox
) -> None:
    publish(survey(
        "csat", "ticket", recipient="contact", first_question="score",
        subject={"en": "About {{ subject }}", "el": "Για {{ subject }}"},
        body={"en": "Dear {{ contact.family_name }}, <b>tell</b> us: {{ link }} {{ nothing }}."},
    ))  # fmt: skip
    anna = person("Anna")
    ask(create("ticket", subject="A <b>bold</b> case", contact=[anna]), key="csat")
    assert services.send_due() == {"sent": 1}
    [mail] = box.mails
    row = Invitation.objects.get()
    assert mail["To"] == "anna@example.com" and mail["Subject"] == "About A bold case"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    link = f"/s/{row.token}/"
    assert "Dear Anna, <b>tell</b> us: http" in text and link in text
    assert "&lt;b&gt;tell&lt;/b&gt;" in html and f'{link}">' in html
    for n in range(11):
        assert f"{link}?a=score%3A{n}" in html or f"{link}?a=score:{n}" in html
    assert "<img" not in html, "nothing tells that somebody looked at it"
    assert row.status == "sent" and row.message_id == mail["Message-ID"] and row.sent_at


def test_the_persons_language_and_the_usual_text(cast: Cast, box: Mailbox) -> None:
    publish(survey(subject={"en": "Your opinion", "el": "Η γνώμη σας"}))
    ask(person("Anna", language="el"))
    services.send_due()
    [mail] = box.mails
    assert mail["Subject"] == "Η γνώμη σας"
    assert 'lang="el"' in mail.get_body(("html",)).get_content()


def test_each_mail_can_be_stopped_by_one_click(cast: Cast, box: Mailbox, client: Any) -> None:
    publish(survey(purpose="opinions"))
    pk = person("Anna")
    ask(pk)
    services.send_due()
    [mail] = box.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.sub(r"^<https?://[^/]+|>$", "", str(mail["List-Unsubscribe"]).strip())
    found = opened(path.strip("/").split("/")[1])
    assert found is not None and found.record_id == pk and found.purpose == "opinions"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Unsubscription.objects.get().record_id == pk
    assert path in mail.get_body(("plain",)).get_content()


def test_fifty_go_out_once_each_with_the_mail_server_down_in_the_middle(
    cast: Cast, settings: Any
) -> None:
    publish()
    ask(*[person(f"P{n}") for n in range(50)])
    box = Mailbox()
    box.serves(settings)
    assert services.send_due()["down"] == 1, "before it is there at all"
    assert Invitation.objects.filter(status="queued", attempts=0).count() == 50
    box.start()

    def going_down(number: int) -> str | None:
        return "421 going down" if number >= 20 else None

    box.on_data = going_down
    services.send_due()
    box.stop()
    assert len(box.to) == 20
    assert Invitation.objects.filter(status="sent").count() == 20
    box.on_data = lambda number: None
    box.start()
    Invitation.objects.filter(status="queued").update(due_at=timezone.now())
    try:
        services.send_due()
    finally:
        box.stop()
    assert sorted(box.to) == sorted(f"p{n}@example.com" for n in range(50))
    assert set(statuses().values()) == {"sent"}
    assert ContactEntry.objects.filter(status="allowed").count() == 50


def test_an_address_that_is_not_there_is_not_tried_again_by_anybody(
    cast: Cast, box: Mailbox
) -> None:
    publish()
    pk = person("Anna")
    ask(pk, person("Ben"))
    box.refuses["anna@example.com"] = "550 no such user"
    services.send_due()
    assert statuses() == {"anna@example.com": "bounced", "ben@example.com": "sent"}
    row = Invitation.objects.get(person=pk)
    assert "550 no such user" in row.why
    assert ContactEntry.objects.get(record=pk).status == "released"
    assert Unsubscription.objects.get().how == "bounce"


def test_what_the_server_does_not_take_now_is_tried_again_and_given_up_in_the_end(
    cast: Cast, box: Mailbox
) -> None:
    publish()
    pk = person("Anna")
    ask(pk)
    box.refuses["anna@example.com"] = "451 try later"
    pauses = []
    for _n in range(6):
        Invitation.objects.filter(status="queued").update(due_at=timezone.now())
        services.send_due()
        due_at = Invitation.objects.get().due_at
        pauses.append((due_at - timezone.now()) if due_at else None)
    row = Invitation.objects.get()
    assert row.status == "failed" and row.attempts == 6 and "451" in row.why
    assert pauses[0] is not None and pauses[1] is not None and pauses[1] > pauses[0] * 3
    assert ContactEntry.objects.get().status == "released", "it counts no more"


def test_cut_off_while_it_was_handed_over_it_is_not_sent_again_in_secret(
    cast: Cast, box: Mailbox
) -> None:
    """The server takes it and the answer is lost: nobody can know. The others go on."""
    publish()
    ask(person("Anna"), person("Ben"))
    box.cuts.add(0)
    assert services.send_due() == {"unsure": 1, "sent": 1}
    assert statuses() == {"anna@example.com": "unsure", "ben@example.com": "sent"}
    for _n in range(2):
        services.sweep()
        services.send_due()
    assert box.to == ["anna@example.com", "ben@example.com"]


def test_a_person_decides_whether_it_is_sent_again_and_it_keeps_its_id(
    cast: Cast, box: Mailbox
) -> None:
    publish()
    access = Access.of(cast.administrator)
    row = dispatching.plan(named(), Selection("person", ids=(person("Anna"),)), access=access)
    box.cuts.add(0)
    run_pending()
    assert dispatching.counts(row)["unsure"] == 1
    assert dispatching.send_again(row) == 1
    run_pending()
    assert len({mail["Message-ID"] for mail in box.mails}) == 1 and len(box.mails) == 2
    assert ContactEntry.objects.get().status == "allowed", "and counts once"


def test_what_a_worker_that_is_gone_had_claimed_is_told_apart(cast: Cast, box: Mailbox) -> None:
    publish()
    ask(person("Anna"))
    Invitation.objects.update(status="sending", claimed_at=timezone.now())
    services.sweep()
    assert statuses() == {"anna@example.com": "sending"}
    Invitation.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    services.sweep()
    assert statuses() == {"anna@example.com": "unsure"} and not box.to


def test_the_budget_is_asked_again_before_the_mail_goes_out(cast: Cast, box: Mailbox) -> None:
    publish(survey("nps"), survey("csat"))
    pk = person("Anna")
    ask(pk)
    ask(pk, key="csat")
    assert Invitation.objects.filter(status="queued").count() == 2
    services.send_due()
    assert len(box.to) == 1
    left = Invitation.objects.get(status="skipped")
    assert left.why == "budget:surveys" and left.next_free is not None


def test_a_survey_that_was_closed_meanwhile_asks_nobody(cast: Cast, box: Mailbox) -> None:
    publish()
    ask(person("Anna"))
    publish(survey(settings={"closes": "2020-01-01T00:00"}))
    services.send_due()
    assert statuses() == {"anna@example.com": "cancelled"} and not box.to


def test_an_archived_record_is_not_asked(cast: Cast, box: Mailbox) -> None:
    publish()
    pk = person("Anna")
    ask(pk)
    gate.execute_or_raise([Change("archive", id=pk)], access=system(), channel="system")
    services.send_due()
    assert not box.to and Invitation.objects.get().status == "skipped"


def test_the_job_sends_and_is_not_there_twice(cast: Cast, box: Mailbox) -> None:
    publish()
    ask(person("Anna"))
    dispatching.send_soon()
    dispatching.send_soon()
    run_pending()
    assert box.to == ["anna@example.com"]


def test_what_belongs_to_their_own_request_has_nothing_to_stop(cast: Cast, box: Mailbox) -> None:
    publish(survey(transactional=True))
    ask(person("Anna"))
    services.send_due()
    [mail] = box.mails
    assert mail["List-Unsubscribe"] is None and "/c/" not in mail.as_string()
