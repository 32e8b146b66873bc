"""Posting to other systems: signed, within a time, to no address inside the house, following no redirect."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from standardwebhooks.webhooks import Webhook

from workflows.actions.base import Pause, TryLater

TIMEOUT = 10
#: Answers after which trying again can help.
LATER = frozenset({408, 425, 429})


def post(
    url: str, secret: str, payload: Mapping[str, Any], *, key: uuid.UUID, now: datetime
) -> int:
    """The status of the answer. Raises `TryLater` or `Pause`. The address is looked up once, and the connection
    made to what was looked at: a name that answers otherwise the second time leads nowhere else."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Pause(_("This is no address to post to."))
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    message = f"msg_{key.hex}"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Relata",
        "Host": parts.netloc,
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message, now, body),
        "Idempotency-Key": str(key),
    }
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _allowed(parts.hostname, port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _judged(_sent(parts.scheme, parts.hostname, address, port, path, body, headers))


def _allowed(host: str, port: int) -> str:
    """The address that a name stands for. Raises `Pause` for those inside the house."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TryLater(_("The address is not found: %(host)s.") % {"host": host}) from error
    address = str(found[0][4][0])
    inside = not ipaddress.ip_address(address.partition("%")[0]).is_global
    if inside and host not in getattr(settings, "WEBHOOK_PRIVATE_HOSTS", ()):
        raise Pause(
            _("%(host)s is an address inside the house: it is not posted to.") % {"host": host}
        )
    return address


def _sent(
    scheme: str,
    host: str,
    address: str,
    port: int,
    path: str,
    body: str,
    headers: Mapping[str, str],
) -> int:
    try:
        stream = socket.create_connection((address, port), timeout=TIMEOUT)
        if scheme == "https":
            stream = ssl.create_default_context().wrap_socket(stream, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = stream
        try:
            connection.request("POST", path, body.encode(), dict(headers))
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise TryLater(_("The other side does not answer: %(why)s") % {"why": error}) from error


def _judged(status: int) -> int:
    if status >= 500 or status in LATER:
        raise TryLater(_("The other side answers %(status)s.") % {"status": status})
    if status >= 300:
        raise Pause(_("The other side answers %(status)s.") % {"status": status})
    return status
