"""A run that is killed and taken up again has each row in exactly once."""

from typing import Any

import pytest

from jobs.models import Job
from jobs.services import run_pending
from records.imports import services, staging
from records.imports.chunks import ChunkWork
from records.models import Event, ImportRun, Record
from tests.cast import Cast
from tests.records.imports.conftest import columns, dry, finish, statuses

NAMES = columns(
    ("name", "name"), {"column": "who", "field": "owner", "create": True}, type="organisation"
)
TEXT = "name,who\n" + "".join(f"Firm {n:03},Agent {n % 3}\n" for n in range(50))


class Killed(BaseException):
    """What a signal does to a worker: nothing gets to clean up."""


def dies_in(monkeypatch: pytest.MonkeyPatch, number: int, *, before_writing: bool) -> None:
    """The process dies in the chunk of this number, before or after its rows were written."""
    take = ChunkWork.take

    def deadly(self: ChunkWork, chunk: Any) -> Any:
        if chunk.number == number and before_writing:
            raise Killed
        done = take(self, chunk)
        if chunk.number == number:
            raise Killed
        return done

    monkeypatch.setattr(ChunkWork, "take", deadly)


def revive(run: ImportRun) -> None:
    """As the sweep does with a job whose worker is not heard of any more."""
    Job.objects.filter(pk=run.job_id, state=Job.State.RUNNING).update(
        state=Job.State.QUEUED, claim=""
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before_writing", [True, False])
@pytest.mark.parametrize("number", [0, 2, 4])
def test_killed_in_a_chunk_and_taken_up_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, number: int, before_writing: bool
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 10)
    run = dry(cast.administrator, TEXT, NAMES)
    services.start(run)
    with monkeypatch.context() as patch:
        dies_in(patch, number, before_writing=before_writing)
        with pytest.raises(Killed):
            run_pending()
    assert Record.unscoped.filter(type="organisation").count() == number * 10
    revive(run)
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE
    assert statuses(run) == ["created"] * 50
    titles = Record.unscoped.filter(type="organisation").values_list("title", flat=True)
    assert sorted(titles) == [f"Firm {n:03}" for n in range(50)]
    assert Event.objects.filter(type="organisation", action="created").count() == 50
    assert run.counts["made"] == {"owner": 3}
    assert cast.administrator.__class__.objects.filter(first_name="Agent").count() == 3


def test_a_chunk_whose_mark_is_set_is_left_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 10)
    run = finish(dry(cast.administrator, TEXT, NAMES))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.FAILED)
    run.refresh_from_db()
    services.take_up(run)
    run_pending()
    assert Record.unscoped.filter(type="organisation").count() == 50
    run.refresh_from_db()
    assert run.counts["created"] == 50


def test_stopped_between_chunks_and_taken_up_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 10)
    run = dry(cast.administrator, TEXT, NAMES)
    services.start(run)
    take = ChunkWork.take

    def stop_after(self: ChunkWork, chunk: Any) -> Any:
        if chunk.number == 1:
            Job.objects.filter(pk=run.job_id).update(cancel_requested=True)
        return take(self, chunk)

    with monkeypatch.context() as patch:
        patch.setattr(ChunkWork, "take", stop_after)
        patch.setattr("jobs.pulse.SECONDS_BETWEEN_WRITES", 0.0)
        run_pending()
    run.refresh_from_db()
    assert run.state == ImportRun.State.STOPPED
    assert Record.unscoped.filter(type="organisation").count() < 50
    services.take_up(run)
    run_pending()
    run.refresh_from_db()
    assert (run.state, run.counts["created"]) == (ImportRun.State.DONE, 50)
    assert Record.unscoped.filter(type="organisation").count() == 50


def test_two_clicks_start_one_job(cast: Cast) -> None:
    run = dry(cast.owner, "name\nA\n", columns(("name", "name"), type="organisation"))
    twin = ImportRun.objects.get(pk=run.pk)
    services.start(run)
    with pytest.raises(services.NotNow):
        services.start(twin)
    assert Job.objects.filter(kind=services.KIND, args__dry_run=False).count() == 1


def test_somebody_who_lost_their_rights_meanwhile_writes_nothing(cast: Cast) -> None:
    run = dry(cast.owner, "name\nA\n", columns(("name", "name"), type="organisation"))
    services.start(run)
    cast.owner.groups.clear()
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportRun.State.FAILED
    assert run.error
    assert not Record.unscoped.filter(type="organisation").exists()


def test_somebody_switched_off_meanwhile_writes_nothing(cast: Cast) -> None:
    run = dry(cast.owner, "name\nA\n", columns(("name", "name"), type="organisation"))
    services.start(run)
    cast.owner.is_active = False
    cast.owner.save()
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportRun.State.FAILED


def test_old_rows_go_and_their_counts_stay(cast: Cast) -> None:
    run = finish(dry(cast.owner, "name\nA\n", columns(("name", "name"), type="organisation")))
    services.empty(run)
    run.refresh_from_db()
    assert (run.chunks.count(), bool(run.file), run.counts["created"]) == (0, False, 1)
