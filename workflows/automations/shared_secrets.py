"""The secrets that another system shares with an automation: made of the site's own, so that no configuration, pack
or history holds them. `round` counts how often one was renewed; the one before ends with the publication."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings


def of_hook(automation: str, round_: int = 0) -> str:
    """Part of the address that a message comes in by."""
    return _made("hook", automation, round_).hex()[:40]


def of_webhook(automation: str, round_: int = 0) -> str:
    """What posted messages are signed with, as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(_made("webhook", automation, round_)).decode()


def _made(use: str, automation: str, round_: int) -> bytes:
    said = f"{use}:{automation}" + (f":{round_}" if round_ else "")
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
