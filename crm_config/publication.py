"""Publishing the working copy as a new version, by one person or two, and going back to an older one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config import diff, impacts, payload, stored_keys
from crm_config.compiler import Draft, check_draft, compile_payload
from crm_config.definitions import MAX_TYPE_NUMBER, Snapshot
from crm_config.errors import ApprovalNeeded, ChangedMeanwhile, NothingToPublish, UnknownVersion
from crm_config.live import forget, newest, numbers
from crm_config.models import ConfigSnapshot, PublishRequest, TypeNumber, User
from crm_config.problems import ConfigurationInvalid, Problem
from crm_config.promises import checking as promises
from crm_config.references import dangling
from crm_config.schema import check_shape
from crm_config.sections.promises import PromiseSection
from crm_config.signals import published

EMPTY: payload.Payload = {"format": payload.FORMAT}


def latest() -> ConfigSnapshot | None:
    return ConfigSnapshot.objects.order_by("-version").first()


def live_payload() -> payload.Payload:
    row = latest()
    return row.payload if row else EMPTY


def version(number: int) -> ConfigSnapshot:
    """Raises `UnknownVersion`."""
    try:
        return ConfigSnapshot.objects.get(version=number)
    except ConfigSnapshot.DoesNotExist:
        raise UnknownVersion(_("There is no version %(version)s.") % {"version": number}) from None


def changes() -> list[diff.Difference]:
    """The change-set: what the working copy would change."""
    return list(diff.diff(live_payload(), payload.dump()))


def check(candidate: Any, *, hold_promises: bool = True) -> list[Problem]:
    """Everything that stands in the way of publishing a payload; empty when nothing does. Promises are held at
    publication; what only goes into the working copy may break one for the moment."""
    if problems := check_shape(candidate):
        return problems
    draft = Draft(candidate, numbers())
    # What warns stands in the way of nothing, and hides nothing that does.
    found: list[Problem] = []
    for ask in (_of_sections, _dangling, _impacts, _broken_promises):
        if ask is not _broken_promises or hold_promises:
            found += ask(draft)
        if any(not problem.warning for problem in found):
            break
    return found


def _of_sections(draft: Draft) -> list[Problem]:
    return list(check_draft(draft))


def _dangling(draft: Draft) -> list[Problem]:
    return [Problem(each.target, _missing(each.source, each.how)) for each in dangling(draft)]


def _impacts(draft: Draft) -> list[Problem]:
    return list(impacts.get().problems(newest(), draft.snapshot))


def _broken_promises(draft: Draft) -> list[Problem]:
    if not draft.payload.get(PromiseSection.key):
        return []
    return list(promises.get().problems(as_published(draft.payload)))


def as_published(candidate: Mapping[str, Any]) -> Draft:
    """A payload that was checked, as it would read the live records once it is published."""
    last, known = latest(), numbers()
    following = compile_payload(candidate, version=(last.version if last else 0) + 1, numbers=known)
    keys = stored_keys.advance(last.stored_keys if last else {}, newest(), following)
    return Draft(candidate, known, keys)


def _missing(source: tuple[str, ...], how: str) -> str:
    return _("It is used by %(source)s (%(how)s), but is not there or is archived.") % {
        "source": " › ".join(source[1::2]),
        "how": how,
    }


def raise_for(candidate: Any) -> None:
    """Raises `ConfigurationInvalid` with all problems that are more than warnings."""
    if problems := [p for p in check(candidate) if not p.warning]:
        raise ConfigurationInvalid(problems)


@transaction.atomic
def publish(
    *, user: User | None, reason: str = "", approved_by: User | None = None
) -> ConfigSnapshot:
    """Publish the working copy.

    Raises `NothingToPublish`, `ConfigurationInvalid`, and `ApprovalNeeded` where the company asks for a
    second person and nobody approved.
    """
    last = _lock()
    candidate = payload.dump()
    if last is not None and payload.digest(candidate) == last.digest:
        raise NothingToPublish(
            _("There is nothing to publish: the working copy is what is published.")
        )
    raise_for(candidate)
    if last is not None and _two_person(last) and approved_by is None:
        raise ApprovalNeeded(_("A second person must approve before this is published."))
    return _store(candidate, last, author=user, reason=reason, approved_by=approved_by)


def _lock() -> ConfigSnapshot | None:
    """The newest version, held until the end of the transaction: one publication at a time."""
    return ConfigSnapshot.objects.select_for_update().order_by("-version").first()


def _two_person(last: ConfigSnapshot) -> bool:
    """The published setting decides, so that nobody can switch it off alone."""
    return bool(last.payload.get("company", {}).get("two_person"))


def _store(candidate: payload.Payload, last: ConfigSnapshot | None, **about: Any) -> ConfigSnapshot:
    previous = newest()
    _give_numbers(candidate)
    version = (last.version if last else 0) + 1
    plain = compile_payload(candidate, version=version, numbers=numbers())
    keys = stored_keys.advance(last.stored_keys if last else {}, previous, plain)
    row = ConfigSnapshot.objects.create(
        version=version,
        payload=candidate,
        stored_keys=keys,
        digest=payload.digest(candidate),
        **about,
    )
    forget()
    snapshot: Snapshot = compile_payload(
        candidate, version=version, numbers=numbers(), stored_keys=keys
    )
    published.send(sender=ConfigSnapshot, snapshot=snapshot, previous=previous)
    PublishRequest.objects.filter(state=PublishRequest.State.WAITING).exclude(
        digest=row.digest
    ).update(state=PublishRequest.State.WITHDRAWN, decided_at=timezone.now())
    return row


def _give_numbers(candidate: payload.Payload) -> None:
    """A type keeps its number for ever, retired or removed: records may still carry it."""
    given = numbers()
    following = max(given.values(), default=0) + 1
    for raw in candidate.get("record_types", []):
        if raw["key"] not in given:
            if following > MAX_TYPE_NUMBER:
                problem = Problem(
                    ("record_types", raw["key"]), _("There can be no more record types.")
                )
                raise ConfigurationInvalid([problem])
            TypeNumber.objects.create(key=raw["key"], number=following)
            following += 1


@transaction.atomic
def ask(*, user: User, reason: str = "") -> PublishRequest:
    """Ask a second person to publish the working copy as it is now."""
    last = _lock()
    candidate = payload.dump()
    if last is not None and payload.digest(candidate) == last.digest:
        raise NothingToPublish(
            _("There is nothing to publish: the working copy is what is published.")
        )
    raise_for(candidate)
    PublishRequest.objects.filter(state=PublishRequest.State.WAITING).update(
        state=PublishRequest.State.WITHDRAWN, decided_at=timezone.now()
    )
    return PublishRequest.objects.create(
        digest=payload.digest(candidate),
        base_version=last.version if last else 0,
        reason=reason,
        requested_by=user,
    )


@transaction.atomic
def approve(request: PublishRequest, *, user: User) -> ConfigSnapshot:
    """Publish what was asked for, and nothing else. Raises `ApprovalNeeded` when it is the same person,
    `ChangedMeanwhile` when the working copy or the live version is not what was asked about."""
    request = PublishRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != PublishRequest.State.WAITING:
        raise ChangedMeanwhile(_("This request was decided already."))
    if request.requested_by_id == user.pk:
        raise ApprovalNeeded(_("Somebody other than the person who asked must approve."))
    if payload.digest(payload.dump()) != request.digest:
        raise ChangedMeanwhile(_("The configuration was changed after this was asked: ask again."))
    row = publish(user=request.requested_by, reason=request.reason, approved_by=user)
    _decide(request, PublishRequest.State.PUBLISHED, user)
    return row


def refuse(request: PublishRequest, *, user: User, comment: str = "") -> None:
    _decide(request, PublishRequest.State.REFUSED, user, comment)


def _decide(request: PublishRequest, state: str, user: User, comment: str = "") -> None:
    request.state, request.decided_by, request.comment = state, user, comment
    request.decided_at = timezone.now()
    request.save()


@transaction.atomic
def rollback(
    number: int, *, user: User | None, reason: str = "", approved_by: User | None = None
) -> ConfigSnapshot:
    """Publish an older version again and make the working copy equal to it."""
    older = version(number)
    last = _lock()
    if (
        last is not None
        and last.digest == older.digest
        and payload.digest(payload.dump()) == older.digest
    ):
        raise NothingToPublish(_("Version %(version)s is what is published.") % {"version": number})
    raise_for(older.payload)
    if last is not None and _two_person(last) and approved_by is None:
        raise ApprovalNeeded(_("A second person must approve before this is published."))
    payload.load(older.payload, replace=True)
    return _store(
        older.payload,
        last,
        author=user,
        reason=reason,
        approved_by=approved_by,
        rolled_back_to=older.version,
    )


@transaction.atomic
def discard(difference: diff.Difference | None = None) -> None:
    """Put one change of the working copy back, or all of them."""
    if difference is None:
        payload.load(live_payload(), replace=True)
        return
    payload.load(diff.revert(payload.dump(), difference), replace=True)
