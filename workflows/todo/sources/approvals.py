"""What waits for one's own decision. Nobody else's: a lead decides only about what they are asked themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from workflows.approvals import selectors
from workflows.approvals.brief import Brief, briefs
from workflows.approvals.definitions import SECTION
from workflows.todo.items import Item
from workflows.todo.sources.base import MOST, Asked


class Approvals:
    key = "approval"

    def items(self, asked: Asked) -> Sequence[Item]:
        access = asked.access
        if SECTION not in access.snapshot.sections or asked.user != access.user_id:
            return []
        return [_item(brief) for brief in briefs(selectors.waiting_for(access)[:MOST], access)]


def _item(brief: Brief) -> Item:
    """The record may be one that whoever decides does not see: it is told by its type."""
    about = brief.title or (brief.type.label if brief.type else "")
    who = brief.request.requester
    return Item(
        Approvals.key,
        None,
        note=_("asked by %(name)s") % {"name": who} if who else "",
        name=f"{brief.process}: {about}" if about else brief.process,
        url=reverse("approvals:request", args=[brief.request.pk]),
        sort=_("Approval"),
        icon="clipboard-check",
    )
