"""Follow-ups that could not be done as their rules say, as administrators are told at home."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from crm_config.definitions import Snapshot
from records.panels.broken import Broken
from surveys.definitions import surveys_of
from surveys.following.names import survey_label
from surveys.models import FollowUp


def told(snapshot: Snapshot) -> Iterator[Broken]:
    """By survey, with the first reason."""
    if not surveys_of(snapshot):
        return
    rows = FollowUp.objects.exclude(problems=[]).exclude(status=FollowUp.Status.CLOSED)
    found: dict[str, list[FollowUp]] = {}
    for row in rows.order_by("-pk")[:1000]:
        found.setdefault(row.survey, []).append(row)
    for key, stuck in found.items():
        words = ngettext(
            "%(survey)s: %(count)s follow-up could not be done as described: %(why)s",
            "%(survey)s: %(count)s follow-ups could not be done as described: %(why)s",
            len(stuck),
        )
        why = "; ".join(map(str, stuck[0].problems))
        named = {"survey": survey_label(key, snapshot), "count": len(stuck), "why": why}
        yield Broken(words % named, reverse("voices:follow_up", args=[stuck[0].pk]))
