"""Mail templates in the studio: written in each language, looked at on a record, sent to oneself, and used."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from crm_config.live import live
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from workflows.automations.definitions import templates_of
from workflows.automations.merge_fields import offers
from workflows.models import MailTemplate

TEMPLATE = {
    "key": "welcome",
    "type": "deal",
    "labels": {"en": "Welcome"},
    "subject": {"en": "About {{ name }}", "el": "Για {{ name }}"},
    "body": {"en": "Dear {{ customer.name }},\n\nthank you.", "el": "Ευχαριστούμε."},
}
SAID = {
    "labels_en": "Thanks", "subject_en": "About {{ name }}", "subject_el": "Για {{ name }}",
    "body_en": "Thank you, {{ customer.name }}.",
}  # fmt: skip


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"template_studio:{name}", args=args)


def test_one_is_written_in_each_language(cast: Cast) -> None:
    client = as_(cast.administrator)
    add = url("add") + "?type=deal"
    page = client.get(add).content.decode()
    assert "{{ customer.name }}" in page and "merge-fields#put" in page
    assert client.post(add, SAID).status_code == 302
    row = MailTemplate.objects.get()
    assert (row.key, row.type) == ("thanks", "deal")
    assert row.subject == {"en": "About {{ name }}", "el": "Για {{ name }}"}
    edit = url("edit", "thanks")
    assert client.post(edit, {**SAID, "subject_el": ""}).status_code == 302
    row.refresh_from_db()
    assert row.subject == {"en": "About {{ name }}"}
    assert "Thanks" in client.get(url("all")).content.decode()


def test_a_field_that_there_is_not_is_refused(cast: Cast) -> None:
    answer = as_(cast.administrator).post(
        url("add") + "?type=deal", {**SAID, "body_en": "{{ nickname }}"}
    )
    assert "nickname" in str(answer.context["form"].errors["body"])
    assert not MailTemplate.objects.exists()


def test_the_fields_offered_are_the_records_and_those_of_what_it_links_to(
    cast: Cast,
) -> None:
    [own, *linked] = offers(live().types["deal"], live())
    assert own[0] == "Deal" and "{{ amount }}" in {offer.code for offer in own[1]}
    assert "{{ customer.name }}" in {offer.code for _label, some in linked for offer in some}


def test_it_is_looked_at_on_a_record_in_a_language(published: Any, cast: Cast) -> None:
    published(templates=[TEMPLATE])
    firm = create("organisation", cast.administrator, name="Aegean")
    pk = create("deal", cast.administrator, name="Roof", customer=firm)
    client = as_(cast.administrator)
    letter = client.get(url("preview", "welcome")).context["letter"]
    assert (letter.subject, letter.text) == ("About Roof", "Dear Aegean,\n\nthank you.")
    greek = client.get(url("preview", "welcome"), {"record": pk, "language": "el"})
    assert greek.context["letter"].subject == "Για Roof"
    assert client.get(url("preview", "welcome"), {"record": firm}).context["letter"] is None
    assert client.get(url("preview", "welcome"), {"record": "x"}).context["letter"] is None


def test_the_test_mail_goes_to_oneself_alone(published: Any, cast: Cast) -> None:
    published(templates=[TEMPLATE])
    pk = create("deal", cast.administrator, name="Roof")
    client = as_(cast.administrator)
    given = {"record": pk, "language": "en", "to": "somebody@example.org"}
    assert client.post(url("preview", "welcome"), given).status_code == 302
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([cast.administrator.email], "Test: About Roof")
    cast.administrator.email = ""
    cast.administrator.save()
    client.post(url("preview", "welcome"), given)
    assert len(mail.outbox) == 1


def test_what_an_automation_uses_is_not_deleted(published: Any, cast: Cast) -> None:
    send = action("s", "send_mail", template="welcome", users=["owner"])
    published(automation("a", send), templates=[TEMPLATE])
    client = as_(cast.administrator)
    client.post(url("delete", "welcome"))
    assert MailTemplate.objects.exists()
    client.post(url("archive", "welcome"))
    assert MailTemplate.objects.get().retired
    client.post(url("archive", "welcome"))
    published(templates=[TEMPLATE])
    client.post(url("delete", "welcome"))
    assert not MailTemplate.objects.exists()
    assert "welcome" in templates_of(live())


@pytest.mark.parametrize("name", ["all", "types", "edit", "preview", "archive", "delete"])
def test_they_are_for_administrators(published: Any, cast: Cast, name: str) -> None:
    published(templates=[TEMPLATE])
    create("deal", cast.owner, name="Roof")
    address = url(name, *([] if name in ("all", "types") else ["welcome"]))
    for user in (cast.owner, cast.outsider):
        assert as_(user).get(address).status_code in (302, 403)
        as_(user).post(address, {"record": "1", "language": "en"})
    assert not MailTemplate.objects.get().retired and not mail.outbox
