"""The payload: the whole configuration as plain JSON with stable keys and order. Also the pack format."""

import hashlib
import json
from typing import Any

from django.db import transaction

from crm_config.sections import base as sections

FORMAT = 1
Payload = dict[str, Any]


def dump() -> Payload:
    """The working copy as a payload."""
    return {
        "format": FORMAT,
        **{
            section.key: part
            for section in sections.all_sections()
            if (part := section.dump()) or not section.optional
        },
    }


@transaction.atomic
def load(payload: Payload, *, replace: bool) -> None:
    """Write a checked payload into the working copy; with `replace`, the working copy becomes it."""
    for section in sections.all_sections():
        if section.key in payload:
            section.load(payload[section.key], replace=replace)
        elif replace and section.keyed:
            section.load([], replace=True)


def to_bytes(payload: Payload) -> bytes:
    """The file form: the same payload gives the same bytes, and a line diff reads well."""
    return (json.dumps(payload, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def digest(payload: Payload) -> str:
    """SHA-256 of the file form, in hexadecimal."""
    return hashlib.sha256(to_bytes(payload)).hexdigest()
