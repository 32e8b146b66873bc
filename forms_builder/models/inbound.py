"""The working copy of inbound hooks, and what came in through them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed
from forms_builder.models.submissions import Submission


class InboundHook(Keyed):
    form = models.CharField(_("form"), max_length=50)
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    message = models.CharField(_("path of the message's id"), max_length=200, blank=True)
    proof = models.CharField(_("proof"), max_length=20, default="signature")
    per_minute = models.PositiveIntegerField(_("messages a minute"), default=120)
    sample = models.JSONField(_("sample"), null=True, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="inbound_hook_key")]
        verbose_name = _("inbound hook")
        verbose_name_plural = _("inbound hooks")


class InboundMessage(models.Model):
    """One message as it came: kept raw, so that it can be played again once the mapping or the form is mended."""

    class Status(models.TextChoices):
        TAKEN = "taken", _("taken")
        HELD = "held", _("held for a person")

    hook = models.CharField(_("hook"), max_length=50)
    message = models.CharField(_("message"), max_length=100)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.TextField(_("body"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    why = models.JSONField(_("why"), default=list, blank=True)
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["hook", "message"], name="inbound_message_once")
        ]
        indexes = [models.Index(fields=["hook", "received_at"], name="inbound_message_of")]
        verbose_name = _("inbound message")
        verbose_name_plural = _("inbound messages")

    def __str__(self) -> str:
        return f"{self.hook}: {self.message}"
