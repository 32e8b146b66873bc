"""What becomes of a job: done, tried again, failed, given up, cancelled."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone, translation

from jobs import claims, runner, services
from jobs.errors import LostClaim, NotAllowed, Permanent
from jobs.models import Job
from jobs.registry import Kind
from jobs.runs import JobRun
from jobs.signals import job_ended

pytestmark = pytest.mark.django_db


def enqueued(kind="sample.echo", **args):
    return services.enqueue(kind=kind, args=args)


def test_a_claim_is_won_by_one():
    waiting = enqueued()
    first = claims.claim(waiting.pk, worker="one")
    second = claims.claim(waiting.pk, worker="two")
    assert first.worker == "one"
    assert second is None


def test_an_attempt_is_counted_before_the_run():
    claimed = claims.claim(enqueued().pk, worker="one")
    assert Job.objects.get(pk=claimed.pk).attempts == 1


def test_a_job_not_due_is_not_claimed():
    later = services.enqueue(kind="sample.echo", args={}, delay=timedelta(hours=1))
    assert claims.claim(later.pk, worker="one") is None


def test_a_job_that_succeeds_keeps_its_result():
    done = services.run_now(enqueued(text="γειά"))
    assert (done.state, done.result, done.percent) == (Job.State.DONE, {"text": "γειά"}, 100)
    assert done.finished_at is not None


def test_delivered_twice_a_job_runs_once():
    waiting = enqueued(kind="sample.steps", name="twice")
    runner.deliver(waiting.pk)
    runner.deliver(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (Job.State.DONE, 1)
    assert Group.objects.filter(name__startswith="twice-").count() == 5


def test_an_error_is_tried_again_later():
    failed_once = services.run_now(enqueued(kind="sample.fails"))
    assert failed_once.state == Job.State.QUEUED
    assert failed_once.available_at > timezone.now() + timedelta(seconds=5)
    assert "out of order" in failed_once.error
    assert "RuntimeError" in failed_once.trace


def test_after_its_last_attempt_a_job_is_given_up():
    job = services.run_now(services.run_now(enqueued(kind="sample.fails")))
    assert (job.state, job.attempts) == (Job.State.POISONED, 2)


def test_waiting_grows_up_to_an_hour():
    waits = [claims.wait_after(attempts).total_seconds() for attempts in (1, 2, 3, 20)]
    assert waits == [10, 40, 160, 3600]


def test_a_permanent_failure_is_not_tried_again():
    refused = services.run_now(enqueued(kind="sample.refuses"))
    assert (refused.state, refused.attempts, refused.error) == (
        Job.State.FAILED, 1, "The file is empty.",
    )  # fmt: skip


def test_a_result_that_is_not_json_is_an_error():
    job = services.run_now(enqueued(kind="sample.unserialisable"))
    assert "not JSON serializable" in job.error


def test_a_kind_that_disappeared_is_an_error():
    job = enqueued()
    Job.objects.filter(pk=job.pk).update(kind="sample.gone", max_attempts=1)
    job = services.run_now(job)
    assert job.state == Job.State.POISONED
    assert "sample.gone" in job.error


def test_an_atomic_job_that_fails_leaves_nothing():
    job = services.run_now(enqueued(kind="sample.atomic_fails"))
    assert job.state == Job.State.POISONED
    assert not Group.objects.filter(name="half done").exists()


def test_a_worker_given_up_for_dead_changes_nothing(monkeypatch):
    """It wakes up after another worker took its job: the work it finishes is rolled back."""
    waiting = enqueued(kind="sample.atomic", name="fenced")
    asleep = claims.claim(waiting.pk, worker="asleep")
    claims.requeue(Job.objects.get(pk=waiting.pk), available_at=timezone.now())
    runner.deliver(waiting.pk)
    runner.perform(asleep)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (Job.State.DONE, 2)
    assert Group.objects.filter(name__startswith="fenced-").count() == 5


def test_a_checkpoint_without_the_claim_is_refused():
    waiting = enqueued()
    asleep = claims.claim(waiting.pk, worker="asleep")
    claims.requeue(Job.objects.get(pk=waiting.pk), available_at=timezone.now())
    with pytest.raises(LostClaim):
        JobRun(asleep).checkpoint(3)
    waiting.refresh_from_db()
    assert waiting.cursor is None


def test_progress_is_written_now_and_then_but_kept_at_the_end(django_assert_max_num_queries):
    def counts(run: JobRun) -> None:
        for done in range(1000):
            run.progress(done + 1, 1000, message="counting")

    job = claims.claim(enqueued().pk, worker="one")
    kind = Kind(kind="count", handler=counts, label="", max_attempts=1, atomic=False, timeout=None)
    with django_assert_max_num_queries(4):
        runner.execute(kind, JobRun(job))
    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, job.message) == (1000, 1000, "counting")


def test_a_handler_runs_in_the_language_of_whoever_started_the_job(monkeypatch):
    heard = []

    def listen(run: JobRun) -> None:
        heard.append(translation.get_language())

    kind = Kind(kind="x", handler=listen, label="", max_attempts=1, atomic=False, timeout=None)
    monkeypatch.setattr("jobs.runner.registry.get", lambda name: kind)
    with translation.override("pl"):
        job = enqueued()
    services.run_now(job)
    assert heard == ["pl"]


def test_a_waiting_job_is_cancelled_at_once():
    job = services.cancel(enqueued())
    assert job.state == Job.State.CANCELLED
    assert services.run_now(job).attempts == 0


def test_a_running_job_is_asked_to_stop():
    job = claims.claim(enqueued(kind="sample.stoppable").pk, worker="one")
    services.cancel(job)
    runner.perform(job)
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.CANCELLED, "stopped early")


def test_an_ended_job_cannot_be_cancelled():
    with pytest.raises(NotAllowed):
        services.cancel(services.run_now(enqueued()))


def test_a_failed_job_can_be_retried_with_all_its_attempts():
    job = services.retry(services.run_now(enqueued(kind="sample.refuses")))
    assert (job.state, job.attempts, job.finished_at) == (Job.State.QUEUED, 0, None)


@pytest.mark.parametrize("kind", ["sample.echo", "sample.fails"])
def test_a_done_or_waiting_job_cannot_be_retried(kind):
    job = services.run_now(enqueued(kind=kind))
    with pytest.raises(NotAllowed):
        services.retry(job)


def test_a_retry_is_refused_while_another_job_stands_for_its_key():
    failed = services.run_now(services.enqueue(kind="sample.refuses", args={}, key="k"))
    services.enqueue(kind="sample.refuses", args={}, key="k")
    with pytest.raises(NotAllowed):
        services.retry(failed)


def test_whoever_listens_hears_how_a_job_ended():
    heard = []

    def listen(job: Job, **kwargs):
        heard.append((job.kind, job.state))

    job_ended.connect(listen)
    try:
        services.run_now(enqueued())
        services.run_now(enqueued(kind="sample.refuses"))
        services.run_now(enqueued(kind="sample.fails"))
    finally:
        job_ended.disconnect(listen)
    assert heard == [("sample.echo", "done"), ("sample.refuses", "failed")]


def test_run_pending_leaves_nothing_waiting():
    enqueued()
    services.enqueue(kind="sample.fails", args={}, delay=timedelta(days=1))
    assert services.run_pending() == 3
    assert not Job.objects.filter(state=Job.State.QUEUED).exists()


def test_run_inline_offers_the_job_to_nobody(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = services.run_inline(kind="sample.echo", args={"x": 1})
    assert (job.state, job.result) == (Job.State.DONE, {"x": 1})
    assert not callbacks


def test_a_permanent_error_without_words_still_says_something():
    assert runner.describe(Permanent()) == "Permanent"
