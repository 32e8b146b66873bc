"""Inbound hooks as they are published."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, nothing

SECTION = "inbound_hooks"
PROOFS: Mapping[str, Any] = {
    "signature": _("A signature of the body (HMAC-SHA256, in X-Signature)"),
    "webhook": _("A signature as Standard Webhooks describes it"),
    "secret": _("The secret itself, in X-Secret"),
}


@dataclass(frozen=True, eq=False)
class HookDef:
    """`mapping` gives the path of each item's value; `message` that of the message's id, where no header tells
    it. `sample` is what the other side sends, to try the mapping on."""

    key: str
    form: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    mapping: Mapping[str, str] = field(default_factory=nothing)
    message: str = ""
    proof: str = "signature"
    per_minute: int = 120
    sample: Any = None
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def secret(self) -> str:
        """Made from the site's own secret, so that no configuration, pack or history holds it."""
        said = hmac.new(settings.SECRET_KEY.encode(), f"in:{self.key}".encode(), hashlib.sha256)
        return said.hexdigest()[:40]


def hooks_of(snapshot: Snapshot) -> Mapping[str, HookDef]:
    found: Mapping[str, HookDef] = snapshot.sections.get(SECTION) or {}
    return found
