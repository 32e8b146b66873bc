"""Sendings to many: planned, staggered, stopped, gone on with, done; with the rights of who sends."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from jobs.models import Job
from jobs.services import run_pending
from records.access import Access
from records.errors import Forbidden
from records.selection import Selection
from surveys.models import Dispatch, Invitation
from surveys.sending import dispatching, services
from surveys.sending.services import invite
from tests.cast import Cast
from tests.surveys.sending.world import Mailbox, mail_server, named, person, publish

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def box(settings: Any) -> Any:
    with mail_server(settings) as found:
        yield found


def plan(user: Any, **more: Any) -> Dispatch:
    return dispatching.plan(named(), Selection("person"), access=Access.of(user), **more)


def test_a_sending_reaches_whom_its_sender_may_share_and_is_done(cast: Cast, box: Mailbox) -> None:
    publish()
    for n in range(3):
        person(f"Mine{n}", owner=cast.owner.pk)
    person("Others", owner=cast.stranger.pk)
    row = plan(cast.owner)
    run_pending()
    row.refresh_from_db()
    assert sorted(box.to) == [f"mine{n}@example.com" for n in range(3)]
    assert row.status == "done" and row.made_at and row.done_at
    assert dispatching.counts(row)["sent"] == 3


def test_who_may_not_share_may_not_send(cast: Cast) -> None:
    publish()
    for user in (cast.teammate, cast.outsider):
        with pytest.raises(Forbidden):
            plan(user)


def test_a_planned_one_begins_at_its_time(cast: Cast, box: Mailbox) -> None:
    publish()
    person("Anna")
    row = plan(cast.administrator, starts_at=timezone.now() + HOUR)
    services.sweep()
    run_pending()
    assert not box.to and Dispatch.objects.get().status == "planned"
    Dispatch.objects.update(starts_at=timezone.now())
    services.sweep()
    run_pending()
    row.refresh_from_db()
    assert box.to == ["anna@example.com"] and row.status == "done"


def test_a_job_that_is_begun_anew_asks_nobody_twice(cast: Cast, box: Mailbox) -> None:
    publish()
    for n in range(5):
        person(f"P{n}")
    row = plan(cast.administrator)
    run_pending()
    job = Job.objects.get(kind=dispatching.MAKE)
    Job.objects.filter(pk=job.pk).update(state="queued", cursor=None, finished_at=None)
    run_pending()
    assert len(box.to) == 5 and Invitation.objects.filter(dispatch=row).count() == 5
    assert Dispatch.objects.get().counted.get("asked") == 5


def test_staggered_mails_go_out_one_after_the_other(cast: Cast, box: Mailbox) -> None:
    publish()
    for n in range(4):
        person(f"P{n}")
    plan(cast.administrator, per_hour=2)
    run_pending()
    assert len(box.to) == 1
    due = list(Invitation.objects.order_by("due_at").values_list("due_at", flat=True))
    waiting = [at for at in due if at is not None]
    assert [b - a for a, b in pairwise(waiting)] == [HOUR / 2] * 2


def test_however_late_the_worker_no_more_than_so_many_go_out_in_an_hour(
    cast: Cast, box: Mailbox
) -> None:
    publish()
    for n in range(6):
        person(f"P{n}")
    plan(cast.administrator, per_hour=2)
    run_pending()
    Invitation.objects.filter(status="queued").update(due_at=timezone.now() - HOUR)
    services.send_due()
    assert len(box.to) == 2
    Invitation.objects.filter(status="sent").update(sent_at=timezone.now() - 2 * HOUR)
    services.send_due()
    assert len(box.to) == 4


def test_stopped_nothing_more_goes_out_until_it_goes_on(cast: Cast, box: Mailbox) -> None:
    publish()
    for n in range(4):
        person(f"P{n}")
    row = plan(cast.administrator, per_hour=2)
    run_pending()
    assert dispatching.stop(row) and not dispatching.stop(row)
    Invitation.objects.filter(status="queued").update(due_at=timezone.now() - 9 * HOUR)
    services.sweep()
    run_pending()
    assert len(box.to) == 1
    row.refresh_from_db()
    assert dispatching.go_on(row)
    earliest = Invitation.objects.filter(status="queued").order_by("due_at").first()
    assert earliest is not None and earliest.due_at is not None
    assert timezone.now() - earliest.due_at < HOUR
    run_pending()
    assert len(box.to) == 2


def test_with_the_rights_as_they_are_when_it_is_made(cast: Cast, box: Mailbox) -> None:
    publish()
    person("Anna", owner=cast.owner.pk)
    row = plan(cast.owner)
    cast.owner.groups.clear()
    run_pending()
    row.refresh_from_db()
    assert not box.to and row.status == "stopped"


def test_people_who_were_left_out_are_counted_by_reason(cast: Cast, box: Mailbox) -> None:
    publish()
    person("Anna")
    person("No", no_mail=True)
    person("Dumb", email="")
    row = plan(cast.administrator)
    run_pending()
    row.refresh_from_db()
    assert row.counted == {"refuses": 1, "no_address": 1}
    found = dispatching.counts(row)
    assert (found["made"], found["left"], found["sent"]) == (1, 2, 1)


def test_how_far_they_came_is_kept_apart(cast: Cast, box: Mailbox) -> None:
    publish()
    for n in range(4):
        person(f"P{n}")
    row = plan(cast.administrator)
    run_pending()
    now = timezone.now()
    first, second, third, _fourth = Invitation.objects.order_by("pk")
    Invitation.objects.filter(pk=first.pk).update(
        status="completed", started_at=now, completed_at=now
    )
    Invitation.objects.filter(pk=second.pk).update(status="started", started_at=now)
    second.responses.create(
        survey="nps", config_version=1, key="k", status="partial", started_at=now, touched_at=now
    )
    Invitation.objects.filter(pk=third.pk).update(status="delivered", delivered_at=now)
    found = dispatching.counts(row)
    assert {k: found[k] for k in ("sent", "delivered", "opened", "started", "partial", "completed")} == {
        "sent": 4, "delivered": 1, "opened": 0, "started": 2, "partial": 1, "completed": 1,
    }  # fmt: skip


def test_stopped_in_the_middle_of_a_portion_the_rest_waits(cast: Cast, box: Mailbox) -> None:
    publish()
    row = Dispatch.objects.create(survey="nps", name="All", status="running")
    ids = [person(f"P{n}") for n in range(4)]
    invite(named(), ids, access=Access.of(cast.administrator), dispatch=row)
    seen = iter(range(9))

    def stop_at_the_third() -> None:
        if next(seen) == 2:
            dispatching.stop(row)

    services.send_due(stop_at_the_third)
    assert len(box.to) == 2
    assert Invitation.objects.filter(status="queued").count() == 2
