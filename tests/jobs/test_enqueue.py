"""Starting jobs: once per key, in the caller's transaction, and loudly refused when nobody handles them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation
from django_q.models import OrmQ

from jobs import services
from jobs.errors import DuplicateKind, UnknownKind
from jobs.models import Job
from jobs.registry import job, periodic

pytestmark = pytest.mark.django_db


def test_a_job_reaches_the_queue_when_the_transaction_commits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueued = services.enqueue(kind="sample.echo", args={"a": 1})
        assert not OrmQ.objects.exists()
    queued = OrmQ.objects.get()
    assert queued.args() == (enqueued.pk,)
    enqueued.refresh_from_db()
    assert enqueued.handed_at is not None


def test_a_rolled_back_transaction_leaves_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        services.enqueue(kind="sample.echo", args={})
        raise RuntimeError
    assert not Job.objects.exists()


def test_a_delayed_job_is_not_handed_over_yet(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        delayed = services.enqueue(kind="sample.echo", args={}, delay=timedelta(hours=1))
    assert not OrmQ.objects.exists()
    assert delayed.available_at > timezone.now() + timedelta(minutes=59)


def test_the_same_key_returns_the_unfinished_job():
    first = services.enqueue(kind="sample.echo", args={"n": 1}, key="nightly")
    second = services.enqueue(kind="sample.echo", args={"n": 2}, key="nightly")
    assert second == first
    assert Job.objects.get().args == {"n": 1}


def test_a_key_is_free_again_when_its_job_has_ended():
    first = services.run_now(services.enqueue(kind="sample.echo", args={}, key="nightly"))
    second = services.enqueue(kind="sample.echo", args={}, key="nightly")
    assert second != first


def test_a_key_used_once_returns_the_done_job():
    first = services.run_now(
        services.enqueue(kind="sample.echo", args={}, key="welcome", once=True)
    )
    assert services.enqueue(kind="sample.echo", args={}, key="welcome", once=True) == first
    assert services.enqueue(kind="sample.echo", args={}, key="welcome") == first


def test_a_failed_job_frees_its_key_even_when_it_was_to_be_done_once():
    first = services.run_now(services.enqueue(kind="sample.refuses", args={}, key="k", once=True))
    assert services.enqueue(kind="sample.refuses", args={}, key="k", once=True) != first


def test_an_insert_that_comes_second_finds_the_first(monkeypatch):
    """Two processes look, both find nothing, both insert: the database decides."""
    first = services.enqueue(kind="sample.echo", args={}, key="race")
    looked = []

    def blind_once(**wanted):
        looked.append(wanted)
        return None if len(looked) == 1 else first

    monkeypatch.setattr("jobs.services.selectors.standing", blind_once)
    assert services.enqueue(kind="sample.echo", args={}, key="race") == first
    assert Job.objects.count() == 1


def test_an_unknown_kind_is_refused():
    with pytest.raises(UnknownKind, match=r"sample\.echo"):
        services.enqueue(kind="sample.nobody", args={})


def test_arguments_that_are_not_json_are_refused():
    with pytest.raises(TypeError):
        services.enqueue(kind="sample.echo", args={"when": timezone.now()})


def test_a_kind_cannot_be_registered_twice():
    with pytest.raises(DuplicateKind, match=r"tests\.jobs\.sample\.tasks\.echo"):
        job("sample.echo")(lambda run: None)


@pytest.mark.parametrize(
    "every", [timedelta(seconds=30), timedelta(seconds=90), timedelta(days=40)]
)
def test_a_period_the_scheduler_cannot_keep_is_refused(every):
    with pytest.raises(ValueError, match="whole minutes"):
        periodic("sample.echo", every=every)


def test_a_job_speaks_the_language_of_whoever_started_it():
    with translation.override("ro"):
        started = services.enqueue(kind="sample.echo", args={})
    assert started.language == "ro"


def test_a_job_knows_who_started_it():
    user = get_user_model().objects.create_user("ana")
    assert services.enqueue(kind="sample.echo", args={}, user=user).created_by == user
