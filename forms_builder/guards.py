"""What keeps machines from sending in bulk, without asking anybody else: a seal with the moment, a trap, a limit per
address, and a proof of work."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from forms_builder.definitions import FormDef
from forms_builder.models import FormDraft, Submission

#: The name of the trap: a field that people do not see and machines like to fill in.
TRAP = "homepage"
PER_HOUR = 20
#: Without a proof of work, a part of it.
WITHOUT_PROOF = 4
MIN_SECONDS = 3
#: Numbers tried at most: about a second's work of a phone.
WORK = 60_000
PROOF_FOR = timedelta(hours=24)


def sender_of(request: HttpRequest) -> str:
    """The network address, sealed. Behind proxies that are said to be there, the one that they saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if trusted := settings.FORM_PROXIES:
        seen = [
            a.strip() for a in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()
        ]
        if len(seen) >= trusted:
            address = seen[-trusted]
    made = hmac.new(settings.SECRET_KEY.encode(), f"sender:{address}".encode(), hashlib.sha256)
    return made.hexdigest()[:32]


def too_many(form: FormDef, sender: str, *, proven: bool = True) -> bool:
    """Whether this address sent as many within the hour as it may, over all forms."""
    most = form.settings.get("per_hour", PER_HOUR)
    if not proven:
        most = max(1, most // WITHOUT_PROOF)
    since = timezone.now() - timedelta(hours=1)
    return Submission.objects.filter(sender=sender, created_at__gt=since)[:most].count() >= most


def too_many_drafts(form: FormDef, sender: str) -> bool:
    most = form.settings.get("per_hour", PER_HOUR) * 2
    since = timezone.now() - timedelta(hours=1)
    return FormDraft.objects.filter(sender=sender, created_at__gt=since)[:most].count() >= most


def too_quick(form: FormDef, seconds: float) -> bool:
    """Below nought, the clock was put back meanwhile: nobody knows how long it took."""
    return 0 <= seconds < form.settings.get("min_seconds", MIN_SECONDS)


def demands_proof(form: FormDef) -> bool | None:
    """None: it asks for no proof; else whether nothing is taken without one."""
    for item in form.items.values():
        if item.kind == "captcha":
            return bool(item.options.get("demand"))
    return None


def challenge(form: FormDef, key: str) -> dict[str, Any]:
    """As ALTCHA writes it: find the number that was added to the salt before it was hashed. It is good for the
    submission with that key alone, which is taken once."""
    expires = int((timezone.now() + PROOF_FOR).timestamp())
    salt = f"{secrets.token_hex(12)}?expires={expires}&form={form.key}&key={key}"
    number = secrets.randbelow(WORK)
    hashed = _hash(salt, number)
    return {
        "algorithm": "SHA-256",
        "challenge": hashed,
        "salt": salt,
        "maxnumber": WORK,
        "signature": _signature(hashed),
    }


def proven(form: FormDef, key: str, payload: str) -> bool:
    """Whether the work was done for this submission, and in time."""
    try:
        said = json.loads(b64decode(payload, validate=True))
        salt, number, signature = str(said["salt"]), int(said["number"]), str(said["signature"])
    except (ValueError, KeyError, TypeError, NotBase64, RecursionError):
        return False
    hashed = _hash(salt, number)
    if not hmac.compare_digest(signature.encode(), _signature(hashed).encode()):
        return False
    _nonce, _mark, query = salt.partition("?")
    facts = dict(part.split("=", 1) for part in query.split("&") if "=" in part)
    expires = facts.get("expires", "")
    in_time = expires.isdigit() and int(expires) > timezone.now().timestamp()
    return in_time and (facts.get("form"), facts.get("key")) == (form.key, key)


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signature(hashed: str) -> str:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"proof:{hashed}".encode(), hashlib.sha256
    ).hexdigest()
