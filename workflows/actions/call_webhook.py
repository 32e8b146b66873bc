"""Tell another system, by a signed message."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.actions.base import Action, Result, Work
from workflows.automations import outbound, shared_secrets
from workflows.automations.arguments import RENEWED, Argument


class CallWebhook(Action):
    def plan(self, work: Work) -> str:
        return _("Post to %(url)s.") % {"url": work.given["url"]}

    def run(self, work: Work) -> Result:
        view = work.view
        wanted = work.given.get("fields") or [f.key for f in view.fields]
        payload = {
            "type": f"{work.automation.type}.{work.automation.key}",
            "timestamp": work.now.isoformat(),
            "data": {
                "id": view.id,
                "title": view.title,
                **{key: view.json(key) for key in wanted if key in view.readable},
            },
        }
        secret = shared_secrets.of_webhook(work.automation.key, work.given.get("renewed", 0))
        status = outbound.post(work.given["url"], secret, payload, key=work.key, now=work.now)
        return Result(_("The other side answered %(status)s.") % {"status": status})


CALL_WEBHOOK = CallWebhook(
    key="call_webhook",
    label=gettext_lazy("Call a webhook"),
    description=gettext_lazy(
        "Posts the record as signed JSON; tried again while the other side does not answer."
    ),
    icon="link-external",
    external=True,
    arguments=(
        Argument("url", "text", gettext_lazy("Address"), required=True),
        Argument(
            "fields",
            "fields",
            gettext_lazy("Fields"),
            gettext_lazy("Without any: all that may be read."),
        ),
        RENEWED,
    ),
)
