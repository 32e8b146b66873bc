"""A request that names a key has its effect once, however often it is sent: later ones get the first answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from records.answers import KEPT_FOR
from records.api.auth import caller_of
from records.api.problems import Problem
from records.models import IdempotencyKey

REPLAYED = "Idempotency-Replayed"
#: Of an answer's headers, those that come back with it.
HEADERS = ("Content-Type", "ETag", "Location")

Answering = Callable[[], HttpResponse]


def once(request: HttpRequest, key: str | None, answer: Answering) -> HttpResponse:
    """Run `answer`, which raises for anything but success, or give what it said for this key before.

    The key is taken and the answer kept in one transaction with the effect. Whoever sends the same key at
    the same time waits for the database's unique constraint, and then finds the answer. A refused request
    leaves no key behind: it can be mended and sent again. Raises `Problem` for a key of another request.
    """
    if key is None:
        return answer()
    if (kept := _kept(request, key)) is not None:
        return kept
    try:
        with transaction.atomic():
            row = _take(request, key)
            return _keep(row, answer())
    except KeyTaken:
        found = _kept(request, key)
        if found is None:
            raise
        return found


class KeyTaken(Exception):
    """Somebody was faster with the same key."""


def _take(request: HttpRequest, key: str) -> IdempotencyKey:
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                caller=caller_of(request).key, key=key, fingerprint=_fingerprint(request)
            )
    except IntegrityError as error:
        raise KeyTaken(key) from error


def _keep(row: IdempotencyKey, answer: HttpResponse) -> HttpResponse:
    row.status, row.body = answer.status_code, answer.content.decode()
    row.headers = {name: answer[name] for name in HEADERS if name in answer}
    row.save(update_fields=["status", "body", "headers"])
    return answer


def _kept(request: HttpRequest, key: str) -> HttpResponse | None:
    row = IdempotencyKey.objects.filter(caller=caller_of(request).key, key=key).first()
    if row is None:
        return None
    if row.created_at < timezone.now() - KEPT_FOR:
        row.delete()
        return None
    if row.fingerprint != _fingerprint(request):
        raise Problem("key_reused")
    return HttpResponse(row.body, status=row.status, headers={**row.headers, REPLAYED: "true"})


def _fingerprint(request: HttpRequest) -> str:
    said = (str(request.method).encode(), request.get_full_path().encode(), request.body)
    return hashlib.sha256(b"\n".join(said)).hexdigest()
