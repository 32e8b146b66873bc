"""Nothing is lost and nothing done twice: workers that die, bursts, circles, and who comes second."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm_config.live import live
from jobs.services import run_pending
from records.models import Event, Record
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation, set_to
from workflows.automations import services
from workflows.automations.engine import stepping
from workflows.automations.engine.matching import tell
from workflows.models import AutomationRun, Notification, StepRun


def begun() -> AutomationRun:
    """The one run, not worked on yet."""
    tell(list(Event.objects.filter(action="created")))
    return AutomationRun.objects.get()


class Killed(BaseException):
    """As a worker's death: nothing catches it."""


def test_a_worker_that_dies_between_effect_and_mark_leaves_neither(
    published: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(automation("person", action("a", "create_record", type="person",
                                          values=set_to(family_name="Pop"))))  # fmt: skip
    create("deal", name="Roof")
    run = begun()

    def die(*args: Any) -> bool:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(stepping, "_advance", die)
        with pytest.raises(Killed):
            stepping.work_through(run.pk)
    assert not Record.unscoped.filter(type="person").exists() and not StepRun.objects.exists()
    stepping.work_through(run.pk)
    stepping.work_through(run.pk)
    assert Record.unscoped.filter(type="person").count() == StepRun.objects.count() == 1


def test_a_run_whose_job_was_lost_is_found(published: Any) -> None:
    published(automation("tell", action("a", "notify", text="Look", users=["owner"])))
    create("deal", name="Roof")
    run = begun()
    long_ago = timezone.now() - timedelta(hours=1)
    AutomationRun.objects.filter(pk=run.pk).update(touched_at=long_ago)
    assert services.wake() == 1
    run_pending()
    assert Notification.objects.count() == 1


def test_who_comes_second_does_nothing(published: Any) -> None:
    published(automation("tell", action("a", "notify", text="Look", users=["owner"])))
    create("deal", name="Roof")
    run = begun()
    stale = AutomationRun.objects.get(pk=run.pk)
    stepping.work_through(run.pk)
    with pytest.raises(stepping.Overtaken):
        stepping._claim(stale)
    assert Notification.objects.count() == 1


def test_automations_that_set_each_other_off_end(published: Any, cast: Cast) -> None:
    link = action("a", "create_record", type="deal", values={"name": {"from": "name"}})
    published(
        automation("circle", link, owner="manager", limits={"depth": 3, "per_record_hour": 50})
    )
    create("deal", name="Roof")
    run_pending()
    assert Record.unscoped.filter(type="deal").count() == 5
    stopped = AutomationRun.objects.filter(state="stopped")
    assert stopped.count() == 1 and "3" in stopped.get().reason
    assert Notification.objects.get().user == cast.manager


def test_one_record_is_worked_on_so_often_an_hour(published: Any) -> None:
    flip = action("a", "set_fields", values={"name": {"formula": "name + '!'"}})
    limits = {"depth": 20, "per_record_hour": 4}
    published(automation("flip", flip, trigger={"kind": "changed"}, limits=limits),
              automation("begin", action("a", "set_fields", values=set_to(won=True))))  # fmt: skip
    pk = create("deal", name="Roof")
    run_pending()
    assert Record.unscoped.get(pk=pk).title == "Roof!!!!"
    assert AutomationRun.objects.filter(automation="flip", state="stopped").count() == 1


def queries_to_match(number: int) -> int:
    for n in range(number):
        create("deal", name=f"Deal {n}")
    events = list(Event.objects.filter(action="created").order_by("-id")[:number])
    live()
    with CaptureQueriesContext(
        connection,
    ) as found:
        tell(events)
    return len(found)


def test_a_burst_is_matched_in_as_many_queries_as_a_few(published: Any) -> None:
    published(automation("tell", action("a", "notify", text="Look", users=["owner"]),
                         condition={"field": "name", "op": "is_set"}))  # fmt: skip
    few = queries_to_match(2)
    assert queries_to_match(30) == few
    run_pending()
    assert Notification.objects.count() == 32


def test_a_run_waits_and_goes_on(published: Any) -> None:
    published(automation("later", action("w", "wait", days=2),
                         action("a", "notify", text="Now", users=["owner"])))  # fmt: skip
    create("deal", name="Roof")
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "waiting" and not Notification.objects.exists()
    assert services.wake() == 0
    past = (timezone.now() - timedelta(days=3)).isoformat()
    AutomationRun.objects.update(wake_at=timezone.now(), context={"w:since": past})
    assert services.wake() == 1
    run_pending()
    assert Notification.objects.count() == 1


def test_a_run_goes_on_with_the_definition_that_it_began_with(published: Any) -> None:
    wait = action("w", "wait", hours=1)
    published(automation("later", wait, action("a", "notify", text="Old", users=["owner"])))
    create("deal", name="Roof")
    run_pending()
    published(automation("later", wait, action("a", "notify", text="New", users=["owner"])))
    past = (timezone.now() - timedelta(days=3)).isoformat()
    AutomationRun.objects.update(wake_at=timezone.now(), context={"w:since": past})
    services.wake()
    run_pending()
    assert Notification.objects.get().text == "Old"


def test_a_test_run_tells_all_and_does_nothing(published: Any) -> None:
    published(automation("all", action("a", "set_fields", values=set_to(won=True)),
                         action("b", "set_fields", values=set_to(name="")),
                         action("c", "notify", text="Look", users=["owner"]), enabled=False))  # fmt: skip
    pk = create("deal", name="Roof")
    version = Record.unscoped.get(pk=pk).version
    from_live = live().sections["automations"]["all"]
    planned = services.try_out(from_live, pk, access=services.Access.system())
    assert [p.hindered for p in planned] == [False, True, False]
    assert Record.unscoped.get(pk=pk).version == version
    assert not Notification.objects.exists()


def test_retry_goes_on_where_it_stopped_and_cancel_ends(published: Any, cast: Cast) -> None:
    published(automation("two", action("a", "notify", text="First", users=["owner"]),
                         action("b", "notify", text="Second", users=["teammate"])))  # fmt: skip
    cast.teammate.is_active = False
    cast.teammate.save()
    create("deal", name="Roof")
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "paused"
    cast.teammate.is_active = True
    cast.teammate.save()
    services.retry(run)
    run_pending()
    assert sorted(Notification.objects.filter(run=run, user__in=[cast.owner, cast.teammate])
                  .values_list("text", flat=True)) == ["First", "Second"]  # fmt: skip
    with pytest.raises(services.NotAllowed):
        services.cancel(AutomationRun.objects.get())


#: Whatever a run goes through, one after the other.
MOMENTS = ("step", "definition", "_act", "_claim", "work_of", "_advance", "_end", "_save")


def test_killed_at_any_moment_each_effect_stands_once(
    published: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = action("a", "create_record", type="person", values=set_to(family_name="Pop"))
    published(automation("three", person, action("b", "set_fields", values=set_to(won=True)),
                         action("c", "notify", text="Done", users=["owner"])))  # fmt: skip
    killed = 0
    while True:
        create("deal", name=f"Roof {killed}")
        tell(list(Event.objects.filter(action="created").order_by("-pk")[:1]))
        run = AutomationRun.objects.latest("pk")
        with monkeypatch.context() as patched:
            left = die_after(killed, patched)
            with contextlib.suppress(Killed):
                stepping.work_through(run.pk)
        stepping.work_through(run.pk)
        run.refresh_from_db()
        assert run.state == "done" and StepRun.objects.filter(run=run).count() == 3
        if left:
            break
        killed += 1
    made = killed + 1
    assert killed > 15
    assert Record.unscoped.filter(type="person").count() == made
    assert Notification.objects.filter(text="Done").count() == made
    assert Event.objects.filter(action="changed", type="deal").count() == made


def die_after(calls: int, patched: pytest.MonkeyPatch) -> list[int]:
    """So many of the moments pass, then the worker dies. What is returned stays empty if it did."""
    left = list(range(calls + 1))

    def mortal(real: Any) -> Any:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if not left:
                return real(*args, **kwargs)
            left.pop()
            if not left:
                raise Killed
            return real(*args, **kwargs)

        return wrapped

    for name in MOMENTS:
        patched.setattr(stepping, name, mortal(getattr(stepping, name)))
    return left
