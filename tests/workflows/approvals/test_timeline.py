"""A record's timeline tells what was to be approved: to those concerned with what was said."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm_config.models import User
from records.access import Access
from records.models import Event
from tests.cast import Cast
from tests.kept import kept
from tests.workflows.approvals.asking import ask, deal, setting, winning
from workflows.approvals.services import decide
from workflows.models import ApprovalRequest

pytestmark = pytest.mark.django_db


@kept
def refused(cast: Cast) -> ApprovalRequest:
    setting()
    asked = ask(winning(deal(cast, team=cast.north.pk)), cast.owner)
    return decide(asked, access=Access.of(cast.manager), verdict="no", comment="Too early.")


def timeline(user: User, asked: ApprovalRequest, **query: object) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("records:timeline", args=[asked.record_id]), query).content.decode()


def test_those_concerned_read_what_was_said(cast: Cast, refused: ApprovalRequest) -> None:
    page = timeline(cast.owner, refused)
    for said in ("asked for approval", "Please.", "Refused", "Too early.", "Manager"):
        assert said in page
    assert reverse("approvals:request", args=[refused.pk]) in page


def test_others_who_see_the_record_read_that_it_was_asked(
    cast: Cast, refused: ApprovalRequest
) -> None:
    page = timeline(cast.teammate, refused)
    assert "asked for approval" in page and "Refused" in page
    assert "Please." not in page and "Too early." not in page


def test_they_are_no_changes(cast: Cast, refused: ApprovalRequest) -> None:
    assert "asked for approval" not in timeline(cast.owner, refused, show="changes")


def test_each_stands_on_one_page_among_the_events_of_its_time(
    cast: Cast, refused: ApprovalRequest
) -> None:
    events = Event.objects.filter(record_id=refused.record_id)
    first = events.earliest("pk")
    older = timeline(cast.owner, refused, before=first.pk)
    assert "asked for approval" not in older


def test_their_number_costs_no_queries(cast: Cast, refused: ApprovalRequest) -> None:
    timeline(cast.owner, refused)
    with CaptureQueriesContext(connection) as few:
        timeline(cast.owner, refused)
    again = ask(winning(refused.record_id), cast.owner)
    decide(again, access=Access.of(cast.manager), verdict="no", comment="Still.")
    with CaptureQueriesContext(connection) as more:
        timeline(cast.owner, refused)
    assert len(more) <= len(few)
