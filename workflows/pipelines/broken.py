"""Pipelines whose conditions cannot be read any more, as administrators are told at home."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from records.panels.broken import Broken
from workflows.pipelines.conditions import broken


def told(snapshot: Snapshot) -> Iterator[Broken]:
    for found in broken(snapshot):
        words = (
            _("The pipeline %(pipeline)s takes no new records: its condition cannot be read")
            if found.what == found.pipeline.label
            else _(
                "The pipeline %(pipeline)s: nobody can go “%(what)s”, its condition cannot be read"
            )
        )
        yield Broken(
            words % {"pipeline": found.pipeline.label, "what": found.what},
            reverse("pipelines_studio:pipeline", args=[found.pipeline.key]),
        )
