"""A record's version as an entity tag, both ways."""

from __future__ import annotations

import re

from django.utils.http import parse_etags

from records.api.problems import Problem

ANY = "*"
_OURS = re.compile(r'"([0-9]{1,9})"')


def etag(version: int) -> str:
    return f'"{version}"'


def base_version(if_match: str | None, *, required: bool) -> int | None:
    """The version that a change was made from; None where any will do (`*`).

    Of several tags the newest counts. Raises `Problem` where the header is missing but required, or where
    no tag of it is one that we give out: such a one matches nothing.
    """
    if if_match is None:
        if required:
            raise Problem("version_missing")
        return None
    tags = parse_etags(if_match)
    if ANY in tags:
        return None
    versions = [int(found[1]) for tag in tags if (found := _OURS.fullmatch(tag))]
    if not versions:
        raise Problem("stale")
    return max(versions)
