"""Helpers of the tests of screens: somebody's browser, and addresses."""

import json
import re
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from crm_config.models import User

PART = {"HTTP_X_PART": "1"}
#: Drawn anew for each answer: any few letters or digits occur in one now and then.
TOKENS = re.compile(r'(csrfmiddlewaretoken" value="|"CSRF_TOKEN": ")[^"]*')


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: Any, **params: Any) -> str:
    given = {k: json.dumps(v) if k == "where" else v for k, v in params.items()}
    return reverse(f"records:{name}", args=args) + (f"?{urlencode(given)}" if given else "")


def text_of(response: Any) -> str:
    """What was answered, without the tokens against forged requests."""
    return TOKENS.sub(r"\1", response.content.decode())
