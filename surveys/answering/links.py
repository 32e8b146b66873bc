"""Addresses of surveys, as mails and pages hold them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

#: The parameter with an answer that is chosen beforehand: `question:value`.
ANSWER = "a"


def path_of(token: str, **query: str) -> str:
    path = f"/s/{token}/"
    return f"{path}?{urlencode(query)}" if query else path


def address_of(token: str, **query: str) -> str:
    """With the site's name, for mails."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path_of(token, **query)


def with_answer(token: str, question: str, value: Any) -> str:
    """The address of a page on which the answer is chosen already. Following it records nothing."""
    return address_of(token, **{ANSWER: f"{question}:{value}"})
