"""The key by which a person's browsers encrypt what they keep there. It is given to their own sessions, and forgotten
by the browser when these end; so whoever finds the browser later cannot read it, and its person can once they are
back. Made from the site's secret, it stands nowhere."""

from __future__ import annotations

import base64

from django.utils.crypto import salted_hmac


def key_of(user_id: int) -> str:
    """32 bytes, in base64."""
    made = salted_hmac("records.vault", str(user_id), algorithm="sha256")
    return base64.b64encode(made.digest()).decode()
