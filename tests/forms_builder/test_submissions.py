"""What becomes of what was sent: records matched or made, links, activities, consents, routes; held, never lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forms_builder import services
from forms_builder.models import Consent, Place, Submission
from forms_builder.public.sealing import invitation
from jobs.errors import NotAllowed
from jobs.services import run_pending
from records.models import Record, RecordLink, SegmentMember
from tests.cast import Cast, create
from tests.forms_builder.forms import contact, form, item, publish
from tests.forms_builder.visitor import Visitor, only
from tests.workflows.procedures.rules import procedure

pytestmark = pytest.mark.django_db
Status = Submission.Status


def sent(slug: str = "contact", **typed) -> Submission:
    visitor = Visitor(slug)
    visitor.open()
    visitor.send(**typed)
    return Submission.objects.latest("pk")


def of(record_type: str):
    return Record.unscoped.filter(type=record_type)


# -- matching ----------------------------------------------------------------------------------------


def test_a_person_is_found_again_and_only_filled_in(cast: Cast):
    publish(contact(item("given_name")))
    ana = create("person", cast.owner, family_name="Popa", email="ana@example.com")
    row = sent(family_name="Another", email="ANA@example.com", given_name="Ana")
    assert row.status == Status.ACCEPTED and row.records == [{"id": ana, "what": "record"}]
    record = of("person").get()
    assert (record.data["family_name"], record.data["given_name"]) == ("Popa", "Ana")
    assert record.owner_id == cast.owner.pk


def test_it_overwrites_or_leaves_alone_where_the_form_says_so(cast: Cast):
    for update, name in (("never", "Popa"), ("overwrite", "Another")):
        publish(contact(handling={"match": ["email"], "update": update}))
        Record.unscoped.all().delete()
        create("person", cast.owner, family_name="Popa", email="ana@example.com")
        assert sent(family_name="Another", email="ana@example.com").status == Status.ACCEPTED
        assert of("person").get().data["family_name"] == name


def test_without_a_match_each_makes_a_record():
    publish(contact(handling={}))
    sent(family_name="A", email="a@example.com")
    sent(family_name="A", email="a@example.com")
    assert of("person").count() == 2


def test_a_linked_record_is_found_or_made_and_linked(cast: Cast):
    items = (
        item("name", required=True),
        item("firm", "linked_field", options={"link": "customer", "field": "name"}, required=True),
        item("firm_code", "linked_field", options={"link": "customer", "field": "code"}),
    )
    handling = {"links": [{"link": "customer", "match": ["name"], "set": {"sector": "it"}}]}
    publish(form("deals", *items, type="deal", handling=handling))
    acme = create("organisation", name="Acme")
    sent("deals", name="One", firm="ACME", firm_code="A1")
    sent("deals", name="Two", firm="Brand new")
    links = dict(RecordLink.objects.filter(field="customer").values_list("source__title", "target"))
    assert links["One"] == acme and of("organisation").get(pk=acme).data["code"] == "A1"
    made = of("organisation").get(pk=links["Two"])
    assert made.data["sector"] == "it"


# -- routing, activities, consents -------------------------------------------------------------------


def test_the_first_route_that_holds_gives_team_and_owner(cast: Cast):
    routes = [
        {"key": "big", "when": {"field": "headcount", "op": "gte", "value": 100}, "users": ["nobody", "manager"]},
        {"key": "rest", "team": "North", "role": "sales", "set": {"sector": "it"}},
    ]  # fmt: skip
    fields = (item("name", required=True), item("headcount"))
    publish(form("about", *fields, type="organisation", handling={"routes": routes}))
    sent("about", name="Big", headcount="500")
    assert of("organisation").get(title="Big").owner_id == cast.manager.pk
    create("organisation", cast.owner, name="Busy")
    sent("about", name="Small", headcount="5")
    small = of("organisation").get(title="Small")
    assert (small.owner_id, small.team_id) == (cast.stranger.pk, cast.north.pk)
    assert small.data["sector"] == "it"


def test_it_is_put_on_a_list_kept_by_hand():
    guests = {
        "key": "guests",
        "type": "person",
        "labels": {"en": "Guests"},
        "kind": "static",
        "keepers": ["manager"],
    }
    publish(contact(handling={"match": ["email"], "lists": ["guests"]}), segments=[guests])
    row = sent(family_name="Popa", email="a@example.com")
    assert row.status == Status.ACCEPTED, row.why
    member = SegmentMember.objects.get()
    assert (member.segment, member.record_id) == ("guests", row.records[0]["id"])


def test_an_activity_is_logged_on_the_record():
    handling = {
        "match": ["email"],
        "activity": {"type": "deal", "link": "customer", "of": "company", "set": {"name": "Asked"}},
    }
    firm = item("firm", "linked_field", options={"link": "company", "field": "name"})
    publish(contact(firm, handling={**handling, "links": [{"link": "company", "match": ["name"]}]}))
    row = sent(family_name="Popa", email="a@example.com", firm="Acme")
    assert [r["what"] for r in row.records] == ["company", "record", "activity"]
    link = RecordLink.objects.get(field="customer")
    assert link.source.title == "Asked" and link.target.title == "Acme"


def test_a_consent_is_kept_with_its_text_and_told_on_the_record():
    options = {
        "text": {"en": "News by e-mail, please.", "el": "Νέα."},
        "purpose": "newsletter",
        "field": "given_name",
    }
    publish(
        contact(
            item("agree", "consent", options={k: v for k, v in options.items() if k != "field"})
        )
    )
    row = sent(family_name="Popa", email="a@example.com", agree="on")
    consent = Consent.objects.get()
    assert (consent.text, consent.purpose, consent.language) == (
        "News by e-mail, please.",
        "newsletter",
        "en",
    )
    assert consent.record_id == row.records[0]["id"] and consent.at == row.created_at
    sent(family_name="Popa", email="b@example.com")
    assert Consent.objects.count() == 1


def test_a_consent_sets_an_option_and_the_day():
    agree = item(
        "agree", "consent", required=True,
        options={"text": {"en": "Yes"}, "purpose": "hot", "field": "tags", "option": "hot", "date_field": "close_date"},
    )  # fmt: skip
    publish(form("deals", item("name", required=True), item("tags"), agree, type="deal"))
    visitor = Visitor("deals")
    visitor.open()
    visitor.send(name="D", tags=["new"])
    assert visitor.page.status_code == 422 and "Tick this" in visitor.text
    visitor.send(agree="on", tags=["new"])
    data = of("deal").get().data
    assert data["tags"] == ["hot", "new"] and data["close_date"]


# -- held and replayed -------------------------------------------------------------------------------


def test_what_the_gate_refuses_is_held_and_the_sender_is_not_told_the_rules():
    rule = procedure("strict", type="person", when=None, must={"field": "given_name", "op": "is_set"},
                     message={"en": "Secret internal rule"}, moments=["create"])  # fmt: skip
    publish(contact(), procedures=[rule])
    visitor = Visitor()
    visitor.open()
    visitor.send(family_name="Popa", email="a@example.com")
    row = only()
    assert row.status == Status.HELD and "Secret internal rule (procedures:strict)" in row.why
    assert visitor.page.status_code == 200 and row.reference in visitor.text
    assert "Secret" not in visitor.text and not of("person").exists()
    publish(contact())
    assert services.replay(row).status == Status.ACCEPTED
    assert of("person").get().data["family_name"] == "Popa"
    with pytest.raises(NotAllowed):
        services.replay(row)
    assert of("person").count() == 1


def test_nothing_of_what_is_held_is_half_written():
    rule = procedure("strict", type="person", when=None, must={"field": "given_name", "op": "is_set"},
                     message={"en": "No"}, moments=["create"])  # fmt: skip
    firm = item("firm", "linked_field", options={"link": "company", "field": "name"})
    publish(contact(firm), procedures=[rule])
    row = sent(family_name="Popa", email="a@example.com", firm="Acme")
    assert row.status == Status.HELD and row.records == []
    assert not of("organisation").exists()


def test_a_form_that_is_gone_holds_what_waits():
    publish(contact())
    row = sent(family_name="Popa", email="a@example.com")
    Submission.objects.update(status=Status.RECEIVED, records=[])
    publish(form("other", item("family_name")))
    services.handle(row)
    assert only().status == Status.HELD


def test_the_sweep_handles_what_a_dead_process_left():
    publish(contact())
    row = sent(family_name="Popa", email="a@example.com")
    Record.unscoped.all().delete()
    late = timezone.now() - timedelta(minutes=5)
    Submission.objects.update(status=Status.RECEIVED, created_at=late, records=[])
    assert services.sweep()["handled"] == 1
    assert only().status == Status.ACCEPTED and of("person").exists()
    Submission.objects.update(status=Status.RECEIVED, created_at=late, attempts=5)
    services.sweep()
    row.refresh_from_db()
    assert row.status == Status.HELD


def test_answers_are_not_kept_for_ever():
    publish(contact())
    row = sent(family_name="Popa", email="a@example.com")
    Submission.objects.update(created_at=timezone.now() - timedelta(days=366))
    assert services.sweep()["emptied"] == 1 and services.sweep()["emptied"] == 0
    row.refresh_from_db()
    assert row.values == {} and row.reference and of("person").exists()


# -- how often ---------------------------------------------------------------------------------------


def test_places_run_out():
    publish(contact(settings={"min_seconds": 0, "most": 1}))
    late = Visitor()
    late.open()
    sent(family_name="A", email="a@example.com")
    late.send(family_name="B", email="b@example.com")
    assert late.page.status_code == 409 and "b@example.com" in late.text
    assert "All places are taken" in Visitor().open().content.decode()
    assert Submission.objects.count() == 1 and Place.objects.get().taken == 1


def test_an_option_runs_out_and_another_may_be_chosen():
    fields = (item("name", required=True), item("sector", capacity={"it": 1}))
    publish(form("about", *fields, type="organisation"))
    late = Visitor("about")
    late.open()
    sent("about", name="A", sector="it")
    late.send(name="B", sector="it")
    assert late.page.status_code == 409 and "is full by now" in late.text
    assert "(full)" in late.text
    late.send(sector="retail")
    assert of("organisation").count() == 2


def test_each_person_sends_it_once():
    publish(contact(settings={"min_seconds": 0, "once": "email"}))
    sent(family_name="A", email="a@example.com")
    second = Visitor()
    second.open()
    second.send(family_name="A", email=" A@example.com ")
    assert second.page.status_code == 409 and "each person may send it once" in second.text
    assert Submission.objects.count() == 1


def test_by_token_each_who_was_asked_sends_it_once():
    publish(contact(settings={"min_seconds": 0, "by_token": True}))
    visitor = Visitor()
    visitor.open()
    assert "those who were asked" in visitor.text
    token = invitation("contact", "person 7")
    for status in (200, 409):
        visitor.open(t=token)
        visitor.send(family_name="A", email="a@example.com")
        assert visitor.page.status_code == status
    assert Submission.objects.count() == 1


# -- double opt-in and mails --------------------------------------------------------------------------

WELCOME = {
    "subject": {"en": "Welcome {{ reference }}"},
    "body": {"en": "Hello {{ family_name }} of {{ nothing }}"},
}
NEWS = {"min_seconds": 0, "opt_in": "email", "mail": WELCOME}


def test_nothing_is_written_before_the_address_is_confirmed():
    publish(contact(settings=NEWS))
    row = sent(family_name="Popa", email="ana@example.com")
    assert row.status == Status.WAITING and not of("person").exists()
    run_pending()
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.com"] and f"/f/contact/confirm/{row.token}/" in letter.body
    visitor = Visitor()
    path = f"/f/contact/confirm/{row.token}/"
    visitor.page = visitor.client.get(path)
    assert only().status == Status.WAITING
    for _twice in range(2):
        visitor.page = visitor.client.post(path)
        assert visitor.page.status_code == 200
    assert only().status == Status.ACCEPTED and of("person").count() == 1
    run_pending()
    assert mail.outbox[1].subject == f"Welcome {row.reference}"
    assert mail.outbox[1].body == "Hello Popa of "


def test_an_address_that_nobody_confirms_is_forgotten():
    publish(contact(settings={**NEWS, "once": "email", "most": 5}))
    row = sent(family_name="Popa", email="ana@example.com")
    Submission.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert services.sweep()["never confirmed"] == 1
    row.refresh_from_db()
    assert row.status == Status.REFUSED and Place.objects.get().taken == 0
    assert Visitor().client.post(f"/f/contact/confirm/{row.token}/").status_code == 410
    assert sent(family_name="Popa", email="ana@example.com").status == Status.WAITING


def test_mails_take_no_second_address_and_no_second_line_in_the_subject():
    letter = {"to": "email", "subject": {"en": "Hi {{ family_name }}"}, "body": {"en": "x"}}
    settings = {"min_seconds": 0, "mail": letter}
    publish(contact(settings=settings))
    row = sent(family_name="A\r\nBcc: evil@example.com", email="a@example.com")
    assert row.status == Status.ACCEPTED
    run_pending()
    (letter,) = mail.outbox
    assert "\n" not in letter.subject and letter.recipients() == ["a@example.com"]
