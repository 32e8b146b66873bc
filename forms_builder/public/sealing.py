"""What a page carries for its own return: which form it was, when it was opened, and what nobody may change."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.core import signing

from crm_config.definitions import Snapshot
from forms_builder.definitions import FormDef

SALT = "forms.seal"
#: Whoever comes back later is asked to look through their answers; nothing of them is lost.
GOOD_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Seal:
    """`key` is that of the submission that the page leads to, however often it is sent; `fixed` are the values of
    items that are read-only or hidden; `draft` is the token of what was kept so far; `invited` that of whoever
    was asked in person."""

    form: str
    digest: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    at: float = field(default_factory=time.time)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    draft: str = ""
    invited: str = ""

    def text(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def with_draft(self, token: str) -> Seal:
        return replace(self, draft=token)

    @property
    def seconds(self) -> float:
        return time.time() - self.at


def unsealed(text: str, form: str) -> Seal | None:
    """None where it is too old, of another form, or none of ours."""
    found = _read(text)
    return found if found is not None and found.form == form else None


def begun(text: str) -> bool:
    """Whether something was kept by it already."""
    found = _read(text)
    return found is not None and bool(found.draft)


def _read(text: str) -> Seal | None:
    try:
        return Seal(**signing.loads(text, salt=SALT, max_age=GOOD_FOR))
    except (signing.BadSignature, TypeError):
        return None


def digest_of(form: FormDef, snapshot: Snapshot) -> str:
    """The same as long as the form asks the same."""
    known: dict[str, str] = snapshot.memo.setdefault("forms.digests", {})
    if form.key not in known:
        said = json.dumps(form.steps, sort_keys=True, default=_plain)
        known[form.key] = hashlib.sha256(said.encode()).hexdigest()[:16]
    return known[form.key]


def _plain(part: Any) -> dict[str, Any]:
    return dict(part) if isinstance(part, Mapping) else {**vars(part)}


def invitation(form: str, name: str) -> str:
    """A token for one person: with it, they send the form once."""
    return signing.dumps([form, name], salt="forms.invitation")


def invited(form: str, text: str) -> str | None:
    """Whom the token was made for."""
    try:
        key, name = signing.loads(text, salt="forms.invitation")
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return str(name) if key == form else None
