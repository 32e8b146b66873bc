"""Begin, describe, try, run, stop, take up and discard imports; keep mappings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs import services as jobs
from records.access import Access
from records.imports import fitting, guessing
from records.imports.errors import FileRefused, NotNow
from records.imports.limits import MAX_FILE, MEGABYTE
from records.imports.mapping import ImportMapping
from records.imports.mapping import load as load_mapping
from records.imports.profile import Profile, profile_of
from records.imports.settings import FileSettings
from records.imports.staging import content_of
from records.models import ImportRun, SavedMapping

KIND = "records.import"
State = ImportRun.State
LONGEST_NAME = 200


def begin(
    *,
    access: Access,
    name: str,
    content: bytes,
    type_key: str,
    mapping: ImportMapping | None = None,
) -> ImportRun:
    """Take a file, describe its columns and propose where they go, or take the mapping given.

    Raises `FileRefused`, and `MappingRefused` for a type one may not import into.
    """
    record_type = fitting.target(type_key, access)
    if len(content) > MAX_FILE:
        raise FileRefused(
            "too_large",
            _("The file is larger than %(most)s MB: split it.") % {"most": MAX_FILE // MEGABYTE},
        )
    profile, settings = profile_of(content, name, mapping.file if mapping else FileSettings())
    chosen = mapping or guessing.guess(profile, record_type, access)
    run = ImportRun(
        name=name[-LONGEST_NAME:],
        type=record_type.key,
        owner=access.user,
        authority=access.authority,
        file_settings=settings.dump(),
        profile=profile.dump(),
        mapping=replace(chosen, file=settings).dump(),
    )
    run.file.save(f"import.{settings.format}", ContentFile(content), save=False)
    run.save()
    return run


def read_again(run: ImportRun, settings: FileSettings, *, access: Access) -> None:
    """Read the file in another way; where its columns are others now, propose anew where they go.

    Raises `FileRefused`, `NotNow`.
    """
    _require_open(run)
    profile, settled = profile_of(content_of(run), run.name, settings)
    chosen = load_mapping(run.mapping)
    if profile.headings != Profile.load(run.profile).headings:
        chosen = guessing.guess(profile, fitting.target(run.type, access), access)
    run.file_settings = settled.dump()
    run.profile = profile.dump()
    run.mapping = replace(chosen, file=settled).dump()
    run.state = State.DRAFT
    run.save(update_fields=["file_settings", "profile", "mapping", "state"])


def choose(run: ImportRun, mapping: ImportMapping, *, access: Access) -> None:
    """Keep what was chosen; what a dry run said before holds no longer. Raises `MappingRefused`, `NotNow`."""
    _require_open(run)
    headings = Profile.load(run.profile).headings
    fitting.require(mapping, access=access, headings=headings)
    run.mapping = replace(mapping, file=FileSettings.load(run.file_settings)).dump()
    run.type = mapping.type
    run.state = State.DRAFT
    run.save(update_fields=["mapping", "type", "state"])


def _require_open(run: ImportRun) -> None:
    if not run.can_change:
        raise NotNow(_("This import is under way or done: its columns cannot be changed any more."))


def try_out(run: ImportRun) -> None:
    """Start a dry run. Raises `NotNow`."""
    _start(run, [State.DRAFT, State.CHECKED], State.CHECKING, dry_run=True)


def start(run: ImportRun) -> None:
    """Start the run itself, after a dry run. Raises `NotNow`."""
    _start(run, [State.CHECKED], State.RUNNING, dry_run=False)


def take_up(run: ImportRun) -> None:
    """Go on with a run that was stopped or failed: chunks that are in are left alone. Raises `NotNow`."""
    _start(run, [State.STOPPED, State.FAILED], State.RUNNING, dry_run=False, anew=False)


@transaction.atomic
def _start(
    run: ImportRun, states: list[State], state: State, *, dry_run: bool, anew: bool = True
) -> None:
    _mark(run, states, state, dry_run=dry_run, anew=anew)
    job = jobs.enqueue(
        kind=KIND,
        args={"run": run.pk, "dry_run": dry_run},
        key=f"{KIND}:{run.pk}",
        user=run.owner,
        total=run.rows,
    )
    ImportRun.objects.filter(pk=run.pk).update(job=job)
    run.refresh_from_db()


def _mark(run: ImportRun, states: list[State], state: State, *, dry_run: bool, anew: bool) -> None:
    """One conditional update, so that two clicks start one job. Raises `NotNow`."""
    more: dict[str, Any] = {} if dry_run else {"started_at": run.started_at or timezone.now()}
    if anew:
        more["counts"] = {}
    waiting = ImportRun.objects.filter(pk=run.pk, state__in=states)
    if not waiting.update(state=state, error="", finished_at=None, **more):
        raise NotNow(_("This import is under way or done already."))


def mark_started(run: ImportRun, *, dry_run: bool) -> None:
    """For whoever runs the job in their own process. Raises `NotNow`."""
    if dry_run:
        _mark(run, [State.DRAFT, State.CHECKED], State.CHECKING, dry_run=True, anew=True)
    else:
        _mark(run, [State.CHECKED], State.RUNNING, dry_run=False, anew=True)
    run.refresh_from_db()


def stop(run: ImportRun) -> None:
    """Ask a run to stop after the chunk it is at. Raises `jobs.errors.NotAllowed`, `NotNow`."""
    if not run.is_busy or run.job is None:
        raise NotNow(_("Nothing is going on that could be stopped."))
    jobs.cancel(run.job)


def discard(run: ImportRun) -> None:
    """Forget an import that has written nothing. Raises `NotNow`."""
    if run.is_real or run.is_busy:
        raise NotNow(_("It has written records: its receipt is kept."))
    stored = run.file
    run.delete()
    stored.delete(save=False)


def empty(run: ImportRun) -> None:
    """Remove the file and its rows; counts and summary stay."""
    with transaction.atomic():
        run.chunks.all().delete()
        run.staged = None
        run.emptied_at = timezone.now()
        run.save(update_fields=["staged", "emptied_at"])
    run.file.delete(save=True)


def save_mapping(
    run: ImportRun, *, access: Access, name: str, shared: bool = False
) -> SavedMapping:
    """Keep the run's mapping under a name; one's own of the same name is replaced."""
    name = name.strip()[:100]
    if not name or access.user is None:
        raise NotNow(_("Give the mapping a name."))
    saved, _new = SavedMapping.objects.update_or_create(
        owner=access.user,
        name=name,
        defaults={
            "type": run.type,
            "shared": shared,
            "mapping": run.mapping,
            "saved_at": timezone.now(),
        },
    )
    return saved
