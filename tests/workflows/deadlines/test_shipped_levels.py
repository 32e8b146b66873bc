"""The pack of services brings office hours and two levels for requests."""

from datetime import timedelta

import pytest

from crm_config import packs, publication
from crm_config.live import live
from jobs.services import run_pending
from tests.cast import create
from tests.workflows.deadlines import world
from workflows.deadlines.business_time import between
from workflows.deadlines.definitions import calendars_of
from workflows.models import Deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(db):
    packs.install(packs.read("service"))
    publication.publish(user=None, reason="test")


def test_urgent_requests_have_an_hour_and_others_a_day(service):
    urgent = create("request", subject="Fire", priority="urgent")
    usual = create("request", subject="Question", priority="normal")
    run_pending(due_only=True)
    hours = calendars_of(live())["office"].counted
    for record, minutes in ((urgent, 60), (usual, 480)):
        row = world.of(record, "first_response")
        assert between(hours, row.started_at, row.due_at) == timedelta(minutes=minutes)


def test_while_the_customer_is_waited_for_time_stands_still(service):
    request = create("request", subject="Question")
    run_pending(due_only=True)
    world.change(request, stage="waiting")
    assert world.of(request, "solution").state == Deadline.State.PAUSED


def test_an_answer_meets_the_first_target(service):
    request = create("request", subject="Question")
    run_pending(due_only=True)
    world.change(request, answered_at="2026-11-25T10:00:00+00:00")
    assert world.of(request, "first_response").state == Deadline.State.MET
    assert world.of(request, "solution").state == Deadline.State.RUNNING
