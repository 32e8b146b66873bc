"""Addresses as the ledger knows them, and what a mail carries so that whoever got it can say no."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "contact.seal"


def normal(email: str) -> str:
    """The same address, however it was typed."""
    return email.strip().casefold()


def sealed(email: str) -> str:
    """Known again by whoever has the address, and read by nobody."""
    if not email.strip():
        return ""
    text = f"contact:{normal(email)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Pass:
    """`purpose` is that of the mail it stood in."""

    address: str
    record_id: int | None = None
    purpose: str = ""

    @classmethod
    def to(cls, email: str, record_id: int | None = None, purpose: str = "") -> Pass:
        return cls(sealed(email), record_id, purpose)

    def text(self) -> str:
        said = [self.address, self.record_id, self.purpose]
        return signing.Signer(salt=SALT).sign_object(said, compress=True)

    @property
    def url(self) -> str:
        return urljoin(
            settings.WAGTAILADMIN_BASE_URL, reverse("contact:preferences", args=[self.text()])
        )

    @property
    def headers(self) -> dict[str, str]:
        """RFC 8058: mail programs unsubscribe by one POST to that address."""
        return {
            "List-Unsubscribe": f"<{self.url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


def opened(text: str) -> Pass | None:
    """None: it is none of ours. One of ours is good for ever: so is somebody's no."""
    try:
        address, record_id, purpose = signing.Signer(salt=SALT).unsign_object(text)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Pass(address, record_id, purpose)
