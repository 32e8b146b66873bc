"""The screens of sending: from a list, from a record's page, how far it came, and open links."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jobs.services import run_pending
from records.contact.asking import Addressee, Message
from records.contact.sealing import sealed
from records.contact.services import claim, unsubscribe
from surveys.models import Dispatch, Invitation, OpenLink
from surveys.sending import services
from tests.cast import Cast, create
from tests.crm_config.studio import client_of
from tests.surveys.sending.world import person, publish, survey

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"survey_sending:{name}", args=args)


def page(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_a_list_looked_over_first_and_then_sent(cast: Cast) -> None:
    publish()
    ids = [person("Anna"), person("No", no_mail=True)]
    browser = client_of(cast.administrator)
    posted: dict[str, Any] = {"ids": ids, "survey": "nps", "name": "Spring", "per_hour": "", "starts_at_0": "",
                              "starts_at_1": ""}  # fmt: skip
    html = browser.post(at("plan", "person"), {"ids": ids}).content.decode()
    assert "See who can be asked" in html and not Dispatch.objects.exists()
    html = browser.post(at("plan", "person"), {**posted, "preview": "1"}).content.decode()
    assert "1 of 2 can be asked now." in html and "The person wants no mail." in html
    answer = browser.post(at("plan", "person"), {**posted, "run": "1"})
    row = Dispatch.objects.get()
    assert answer["Location"] == at("dispatch", row.pk) and row.name == "Spring"
    run_pending()
    assert [m.to for m in mail.outbox] == [["anna@example.com"]]
    html = page(browser, at("dispatch", row.pk))
    assert "The person wants no mail." in html and "done" in html
    assert "Spring" in page(browser, at("all"))


def test_from_a_segment(cast: Cast) -> None:
    segment = {"key": "agreed", "type": "person", "labels": {"en": "Agreed"}, "roles": ["administrator"],
               "condition": {"field": "agrees", "op": "has_any", "value": ["email"]}}  # fmt: skip
    publish(segments=[segment])
    person("In", agrees=["email"])
    person("Out")
    html = page(client_of(cast.administrator), at("plan", "person") + "?segment=agreed")
    assert ">Ask by survey: 1 record<" in " ".join(html.split())


def test_about_one_record_from_its_page(cast: Cast) -> None:
    publish(survey("csat", "ticket", recipient="contact"))
    pk = create("ticket", subject="Broken", contact=[person("Anna", owner=cast.owner.pk)],
                owner=cast.owner.pk)  # fmt: skip
    browser = client_of(cast.owner)
    assert at("ask", pk) in page(browser, reverse("records:record", args=[pk]))
    html = page(browser, at("ask", pk))
    mark = html.split('name="mark" value="')[1].split('"')[0]
    for _twice in range(2):
        browser.post(at("ask", pk), {"survey": "csat", "mark": mark})
    services.send_due()
    assert [m.to for m in mail.outbox] == [["anna@example.com"]]
    assert Invitation.objects.count() == 1


def test_what_stands_in_the_way_is_told_and_passed_over_by_who_may(cast: Cast) -> None:
    publish(survey("nps"), survey("csat"))
    pk = person("Anna", owner=cast.owner.pk)
    for user in (cast.owner, cast.administrator):
        browser = client_of(user)
        if user == cast.owner:
            browser.post(at("ask", pk), {"survey": "nps", "mark": "a" * 32})
            services.send_due()
        html = page(browser, at("ask", pk))
        assert "Over the contact budget: Surveys. Free again on" in html
        assert ('name="override"' in html) is (user == cast.administrator)
    said = {"survey": "csat", "mark": "b" * 32, "override": "She called"}
    assert client_of(cast.owner).post(at("ask", pk), said).status_code == 200
    assert client_of(cast.administrator).post(at("ask", pk), said).status_code == 302
    services.send_due()
    assert len(mail.outbox) == 2


def test_whoever_may_not_share_sees_and_does_nothing(cast: Cast) -> None:
    publish()
    pk = person("Anna", team=cast.north.pk)
    row = Dispatch.objects.create(survey="nps", name="Secret sending")
    browser = client_of(cast.teammate)
    assert at("ask", pk) not in page(browser, reverse("records:record", args=[pk]))
    for url in (at("ask", pk), at("all"), at("plan", "person") + "?segment=x"):
        assert browser.get(url).status_code in (302, 403, 404)
    for url in (at("dispatch", row.pk), at("links", "nps")):
        assert "Secret sending" not in browser.get(url, follow=True).content.decode()
    browser.post(at("stop", row.pk))
    row.refresh_from_db()
    assert row.status == "planned"


def test_stopped_and_gone_on_with_by_its_buttons(cast: Cast) -> None:
    publish()
    row = Dispatch.objects.create(survey="nps", name="One", status="running")
    browser = client_of(cast.administrator)
    browser.post(at("stop", row.pk))
    row.refresh_from_db()
    assert row.status == "stopped"
    browser.post(at("go_on", row.pk))
    row.refresh_from_db()
    assert row.status == "running"
    assert browser.get(at("stop", row.pk)).status_code == 405


def test_those_left_out_are_named_to_whoever_sees_them(cast: Cast) -> None:
    publish()
    row = Dispatch.objects.create(survey="nps", name="One", status="done")
    for name, owner in (("Mine", cast.owner), ("Others", cast.stranger)):
        pk = person(name, owner=owner.pk)
        Invitation.objects.create(dispatch=row, survey="nps", record_id=pk, person_id=pk, key=name,
                                  status="skipped", why="refuses")  # fmt: skip
    html = page(client_of(cast.owner), at("dispatch", row.pk))
    assert "Mine" in html and "Others" not in html


def test_open_links_are_made_shown_and_closed(cast: Cast) -> None:
    publish()
    browser = client_of(cast.administrator)
    browser.post(at("links", "nps"), {"name": "Receipt", "kind": "qr"})
    browser.post(at("links", "nps"), {"name": "Our page", "kind": "embed"})
    link = OpenLink.objects.get(kind="qr")
    html = page(browser, at("links", "nps"))
    assert f"/s/{link.token}/qr.svg" in html and "&lt;iframe" in html
    browser.post(at("close_link", "nps", link.pk))
    link.refresh_from_db()
    assert link.closed_at and link.created_by == cast.administrator
    assert f"/s/{link.token}/" not in page(browser, at("links", "nps"))


def test_the_registers_show_neither_addresses_nor_tokens(cast: Cast, admin_user: Any) -> None:
    publish()
    pk = person("Anna")
    claim(Message("survey", "survey:nps"), Addressee(pk, "anna@example.com"), key="k")
    unsubscribe(sealed("anna@example.com"), how="page", record_id=pk)
    row = Invitation.objects.create(survey="nps", record_id=pk, person_id=pk, key="k", status="skipped",
                                    why="budget:surveys", email="anna@example.com")  # fmt: skip
    browser = client_of(admin_user)
    html = page(browser, "/admin/operations/invitations/")
    html += page(browser, f"/admin/operations/invitations/inspect/{row.pk}/")
    assert "Over the contact budget: Surveys." in html
    assert row.token not in html and "anna@example.com" not in html
    assert "Anna" not in html, "its number leads to it, for whoever may see it"
    for name in ("survey-sendings", "contacts", "unsubscriptions"):
        assert "Anna" not in page(browser, f"/admin/operations/{name}/")
