"""Checks promises, and keeps what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot
from crm_config.models import PromiseCheck
from crm_config.promises.checking import Example, Verdict
from crm_config.promises.definition import PromiseDef
from crm_config.sections.promises import live_promises
from records.promises.kinds import FIND
from records.promises.world import Unknown, World


def verdict(promise: PromiseDef, world: World) -> Verdict:
    """A promise that cannot be checked is not kept: what is broken fails closed."""
    try:
        return Verdict(promise, FIND[promise.kind](promise, world))
    except Unknown as unknown:
        broken = _("It names “%(key)s”, which is not there.") % {"key": unknown}
    except ConditionInvalid as invalid:
        broken = _("Its condition cannot be read: %(problem)s") % {"problem": invalid}
    return Verdict(promise, Example(broken=broken))


def verdicts(snapshot: Snapshot, promises: Iterable[PromiseDef] | None = None) -> list[Verdict]:
    """Of all promises in use of a snapshot, or of these."""
    asked = live_promises(snapshot.sections) if promises is None else list(promises)
    world = World(snapshot)
    return [verdict(promise, world) for promise in asked]


def digest(promise: PromiseDef) -> str:
    said = [promise.kind, dict(promise.arguments)]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def keep(found: Sequence[Verdict], *, draft: bool, whole: bool = True) -> None:
    """Remember what was found; with `whole`, forget promises that are not there any more."""
    now = timezone.now()
    for each in found:
        PromiseCheck.objects.update_or_create(
            key=each.promise.key,
            draft=draft,
            defaults={
                "digest": digest(each.promise),
                "kept": each.kept,
                "example": each.example.as_json() if each.example else None,
                "checked_at": now,
            },
        )
    if whole:
        keys = [each.promise.key for each in found]
        PromiseCheck.objects.filter(draft=draft).exclude(key__in=keys).delete()
