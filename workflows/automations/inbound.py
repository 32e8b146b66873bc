"""What other systems post to the secret address of an automation: a record is found or made, and it is set off."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from crm_config.conditions.api import ConditionInvalid
from crm_config.live import live, pinned
from records import services as gate
from records.access import Access
from records.gate.change import Change
from records.models import Event
from records.selectors import Query, visible
from workflows.automations import people, services, shared_secrets
from workflows.automations.definitions import AutomationDef, at_work
from workflows.models import AutomationRun

MOST_BYTES = 64 * 1024
MOST_A_MINUTE = 60


def address_of(automation: str, round_: int = 0) -> str:
    return reverse("hook", args=[automation, shared_secrets.of_hook(automation, round_)])


def answer(status: int, **said: Any) -> JsonResponse:
    return JsonResponse(said, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class HookView(View):
    """A wrong secret and an automation that is not there are answered alike. The answer names no record."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, automation: str, secret: str) -> JsonResponse:
        with pinned(live()):
            found = next(
                (a for a in at_work(live()) if (a.key, a.kind) == (automation, "hook")), None
            )
            renewed = found.trigger.get("renewed", 0) if found else 0
            known = constant_time_compare(secret, shared_secrets.of_hook(automation, renewed))
            if found is None or not known:
                return answer(404, error="not found")
            if _too_many(automation):
                return answer(429, error="too many")
            if len(request.body) > MOST_BYTES:
                return answer(413, error="too large")
            try:
                body = json.loads(request.body)
            except (ValueError, RecursionError):
                return answer(400, error="not JSON")
            if not isinstance(body, dict):
                return answer(400, error="not an object")
            name = request.headers.get("webhook-id") or request.headers.get("Idempotency-Key")
            return _taken(found, body, _occasion(name))


def _occasion(name: str | None) -> str:
    """The same for a message that is sent again under its name."""
    return f"hook:{hashlib.sha256(name.encode()).hexdigest()[:40] if name else uuid.uuid4().hex}"


def _too_many(automation: str) -> bool:
    key = f"automations:hook:{automation}"
    cache.add(key, 0, timeout=60)
    try:
        return int(cache.incr(key)) > MOST_A_MINUTE
    except ValueError:
        return False


def _taken(automation: AutomationDef, body: Mapping[str, Any], occasion: str) -> JsonResponse:
    known = AutomationRun.objects.filter(automation=automation.key, occasion=occasion)
    if known.exists():
        return answer(202, accepted=True)
    owner = people.named([automation.owner]) if automation.owner else []
    access = Access.system(on_behalf_of=owner[0] if owner else None)
    values = {
        field: _at(body, str(path)) for field, path in automation.trigger.get("mapping", {}).items()
    }
    values = {field: value for field, value in values.items() if value is not None}
    with transaction.atomic():
        pk = _found(automation, values, access)
        change = (
            Change("change", id=pk, values=values)
            if pk
            else Change("create", type=automation.type, values=values)
        )
        outcome = gate.execute_one(
            change, access=access, channel=Event.Channel.API, reason=automation.label
        )
        if not outcome.ok:
            return answer(
                422, error="refused", fields=sorted({r.field for r in outcome.refusals if r.field})
            )
        services.fire("hook", [outcome.id or 0], key=occasion, only=automation.key)
    return answer(202, accepted=True)


def _at(body: Any, path: str) -> Any:
    for part in path.split("."):
        body = body.get(part) if isinstance(body, Mapping) else None
    return body if isinstance(body, str | int | float | bool) else None


def _found(automation: AutomationDef, values: Mapping[str, Any], access: Access) -> int | None:
    key = automation.trigger.get("match")
    record_type = access.snapshot.types[automation.type]
    if not key or key not in values:
        return None
    same = {"field": key, "op": "eq", "value": values[key]}
    try:
        found = visible(Query(record_type, where=same), access=access)
    except ConditionInvalid:
        return None
    return found.order_by("pk").values_list("pk", flat=True).first()
