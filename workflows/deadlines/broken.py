"""Service levels whose conditions cannot be read any more, as administrators are told at home."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from records.panels.broken import Broken
from workflows.deadlines.conditions import terms_of
from workflows.deadlines.definitions import in_use


def told(snapshot: Snapshot) -> Iterator[Broken]:
    for record_type in snapshot.active_types:
        for level in in_use(snapshot, record_type.key):
            if terms_of(level, snapshot) is None:
                words = _("The service level %(name)s promises nothing: a condition cannot be read")
                yield Broken(
                    words % {"name": level.label},
                    reverse("deadline_studio:level", args=[level.key]),
                )
