"""Buttons on a record that set off automations: which there are, and what becomes of pressing one."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from records.access import Access
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.automations import services
from workflows.automations.conversions import in_order
from workflows.automations.definitions import ActionDef, AutomationDef, at_work, each
from workflows.models import AutomationRun

MOST_OPENED = 5


def buttons(view: RecordView) -> list[AutomationDef]:
    """Those that this person may set off on this record, as it is now."""
    if view.archived or not view.may("change"):
        return []
    roles = {role.key for role in view.access.roles}
    return [
        a
        for a in at_work(view.access.snapshot)
        if a.type == view.type.key
        and a.kind == "button"
        and (not a.trigger.get("role") or a.trigger["role"] in roles)
        and services.fits(a, view.record, view.access.snapshot, noting=False)
    ]


def press(request: HttpRequest, found: AutomationDef, view: RecordView) -> None:
    """Once for each press: a form sent twice carries the same mark."""
    mark = request.POST.get("mark", "")[:40] or uuid.uuid4().hex
    began = services.press(found, view.id, mark=mark, actor=view.access.user)
    tell(request, found, view.access, began)


def tell(
    request: HttpRequest,
    found: AutomationDef,
    access: Access,
    began: AutomationRun | None,
) -> None:
    name = {"automation": found.label}
    if began is None:
        messages.warning(request, _("“%(automation)s” has nothing to do here.") % name)
    elif began.state == AutomationRun.State.DONE:
        messages.success(
            request, _("“%(automation)s” is done.") % name, buttons=opened(found, began, access)
        )
    elif began.state in (AutomationRun.State.PAUSED, AutomationRun.State.STOPPED):
        said = _("“%(automation)s” did not go through.") % name
        # What stood in the way of the system can name what this person may not read.
        messages.error(request, f"{said} {began.reason}" if found.run_as == "actor" else said)
    else:
        messages.success(request, _("“%(automation)s” begins.") % name)


def opened(found: AutomationDef, run: AutomationRun, access: Access) -> list[Any]:
    """Buttons that lead to what the run made, in the order it did, as far as this person may see it."""
    ids = [pk for action in each(found.actions) for pk in _made(action, run)]
    seen = []
    for pk in ids[:MOST_OPENED]:
        with contextlib.suppress(NotVisible):
            seen.append(reading.get(pk, access=access))
    return [
        messages.button(reverse("records:record", args=[v.id]), f"{v.type.label}: {v.title}")
        for v in seen
    ]


def _made(action: ActionDef, run: AutomationRun) -> list[int]:
    kept = run.context.get(action.key)
    if isinstance(kept, dict):
        names = in_order(action.arguments.get("targets", {}))
        return [kept[name] for name in names if isinstance(kept.get(name), int)]
    return [kept] if isinstance(kept, int) and kept != run.record_id else []
