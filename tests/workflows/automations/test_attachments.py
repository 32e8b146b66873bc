"""Mails of automations carry files of the record, to whom may read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from crm_config.models import Team
from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records.uploads import private_collection
from tests import company as small
from tests.cast import Cast, create
from tests.company import field
from tests.workflows.automations.making import action, automation
from workflows.actions import send_mail
from workflows.models import AutomationRun

TEMPLATE = {
    "key": "papers",
    "type": "organisation",
    "labels": {"en": "Papers"},
    "subject": {"en": "Papers"},
    "body": {"en": "Here they are."},
}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def publish(attach: list[str], hidden: bool = False) -> None:
    company = small.small_company()
    base = small.organisation()
    contract = {**base, "fields": [*base["fields"], field("contract", "file")]}
    company["record_types"][0] = contract
    if hidden:
        said = {"type": "organisation", "field": "contract", "access": "hidden"}
        next(r for r in company["roles"] if r["key"] == "manager")["fields"] = [said]
    send = action("m", "send_mail", template="papers", users=["manager"], attach=attach)
    small.publish(company={**company, "templates": [TEMPLATE], "automations": [
        automation("mail", send, type="organisation")]})  # fmt: skip


def organisation() -> int:
    document = get_document_model().objects.create(
        title="Contract",
        file=ContentFile(b"signed", name="contract.pdf"),
        collection=private_collection(),
    )
    company = Team.objects.get(name="Company")
    return create("organisation", name="Acme", contract=document.pk, team=company.pk)


def sent() -> list[tuple[str, bytes]]:
    run_pending()
    [letter] = mail.outbox
    return [(name, content) for name, content, _kind in letter.attachments]


def test_the_file_goes_along(cast: Cast) -> None:
    publish(["contract"])
    organisation()
    assert sent() == [("contract.pdf", b"signed")]


def test_who_may_not_read_the_field_gets_none(cast: Cast) -> None:
    publish(["contract"], hidden=True)
    organisation()
    assert sent() == []


def test_what_is_too_large_waits_for_a_person(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_mail, "MOST_ATTACHED", 3)
    publish(["contract"])
    organisation()
    run_pending()
    run = AutomationRun.objects.get()
    assert (run.state, mail.outbox) == ("paused", []) and "too large" in run.reason


def test_only_fields_with_files_are_named(cast: Cast) -> None:
    with pytest.raises(ConfigurationInvalid, match="holds no files"):
        publish(["name"])
