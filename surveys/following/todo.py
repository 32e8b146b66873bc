"""Follow-ups of one's own that wait, by when they are due."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.definitions import surveys_of
from surveys.following import voices
from surveys.following.visibility import visible
from workflows.todo.items import Item
from workflows.todo.sources.base import MOST, Asked


class FollowUps:
    key = "follow_up"

    def items(self, asked: Asked) -> Sequence[Item]:
        """Where no survey is, there is nothing to ask the database for."""
        if not surveys_of(asked.access.snapshot):
            return []
        rows = visible(asked.access).filter(owner=asked.user).exclude(status=voices.CLOSED)
        due = rows.filter(Q(due_at__lt=asked.until) | Q(due_at=None)).order_by("due_at", "pk")
        return [self._item(line) for line in voices.lines(list(due[:MOST]), asked.access)]

    def _item(self, line: voices.Line) -> Item:
        about = f": {line.record.title}" if line.record else ""
        return Item(
            self.key,
            None,
            at=line.row.due_at,
            note=line.said or line.survey,
            name=f"{line.rule}{about}",
            url=reverse("voices:follow_up", args=[line.row.pk]),
            sort=_("Follow-up"),
            icon="comment",
        )
