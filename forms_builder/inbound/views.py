"""The address that other systems post to. A wrong proof and a hook that is not there are answered alike."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from crm_config.live import live
from forms_builder.inbound import services
from forms_builder.inbound.definitions import HookDef, hooks_of
from forms_builder.models import InboundMessage

MOST_BYTES = 512 * 1024
NAMES = (
    "webhook-id",
    "Idempotency-Key",
    "X-Message-Id",
    "X-GitHub-Delivery",
    "X-Shopify-Webhook-Id",
)


def answer(status: int, **said: object) -> JsonResponse:
    return JsonResponse(said, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class InboundView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: str) -> JsonResponse:
        hook = hooks_of(live()).get(key)
        try:
            body = request.body
        except RequestDataTooBig:
            return answer(413, error="too large")
        if hook is None or hook.retired or not proven(hook, request, body):
            return answer(404, error="not found")
        if len(body) > MOST_BYTES:
            return answer(413, error="too large")
        if too_many(hook):
            return answer(429, error="too many")
        try:
            row = services.take(
                hook,
                name=next((v for n in NAMES if (v := request.headers.get(n))), ""),
                content_type=request.content_type or "",
                body=body.decode(errors="replace"),
            )
        except (services.Unreadable, ValueError):
            return answer(400, error="neither JSON nor a form")
        reference = row.submission.reference if row.submission else None
        return answer(202, accepted=True, reference=reference)


def proven(hook: HookDef, request: HttpRequest, body: bytes) -> bool:
    if hook.proof == "secret":
        return constant_time_compare(request.headers.get("X-Secret", ""), hook.secret)
    if hook.proof == "webhook":
        try:
            Webhook(hook.secret).verify(body, {k.lower(): v for k, v in request.headers.items()})
        except (WebhookVerificationError, ValueError):
            return False
        return True
    said = request.headers.get("X-Signature", "").removeprefix("sha256=")
    made = hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
    return constant_time_compare(said, made)


def too_many(hook: HookDef) -> bool:
    since = timezone.now() - timedelta(minutes=1)
    rows = InboundMessage.objects.filter(hook=hook.key, received_at__gt=since)
    return rows[: hook.per_minute].count() >= hook.per_minute
