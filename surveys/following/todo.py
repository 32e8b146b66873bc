"""Follow-ups of one's own that wait, by when they are due. Where a task was made for one, and is planned by whoever
has it for a later day, it waits for that; one that stands in the day itself takes its place there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from records.selectors.recent import visible_in_order
from surveys.definitions import surveys_of
from surveys.following import voices, work
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
        due = list(
            rows.filter(Q(due_at__lt=asked.until) | Q(due_at=None)).order_by("due_at", "pk")[:MOST]
        )
        made = visible_in_order([r.made_id for r in due if r.made_id], access=asked.access)
        planned = {view.id for view in made if work.is_planned(view, asked.user, after=asked.until)}
        alone = [row for row in due if row.made_id not in planned]
        return [self._item(line) for line in voices.lines(alone, asked.access)]

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
            work=line.row.made_id,
        )
