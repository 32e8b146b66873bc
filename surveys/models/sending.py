"""Who was asked, by which sending, and how far it came; and addresses that are open to whoever has them."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models import Record


def new_token() -> str:
    return secrets.token_urlsafe(24)


class OpenLink(models.Model):
    """An address that asks whoever has it: on a page, behind a QR code, on a kiosk. Its answers name nobody."""

    class Kind(models.TextChoices):
        PUBLIC = "public", _("public link")
        QR = "qr", _("QR code")
        EMBED = "embed", _("part of another page")
        KIOSK = "kiosk", _("kiosk")
        TEST = "test", _("test")

    survey = models.CharField(_("survey"), max_length=50)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PUBLIC)
    name = models.CharField(_("name"), max_length=100)
    token = models.CharField(max_length=50, unique=True, default=new_token, editable=False)
    #: Hidden values of its answers, by question.
    fixed = models.JSONField(_("hidden values"), default=dict, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["survey"], name="open_link_of")]
        verbose_name = _("open link")
        verbose_name_plural = _("open links")

    def __str__(self) -> str:
        return self.name


class Dispatch(models.Model):
    """One sending: to whom, how fast, by whom. `chosen` says how its people were found, `counted` what became of
    those who were left out, by reason."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")

    survey = models.CharField(_("survey"), max_length=50)
    name = models.CharField(_("name"), max_length=200)
    #: The automation or procedure that set it off, told twice it is one.
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    chosen = models.JSONField(_("to"), default=dict)
    counted = models.JSONField(_("left out"), default=dict, blank=True)
    per_hour = models.PositiveIntegerField(_("mails an hour"), default=0)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    #: When all its invitations were made; they may be sent for long after.
    made_at = models.DateTimeField(_("invitations made"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["survey", "-id"], name="dispatch_of")]
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")

    def __str__(self) -> str:
        return self.name

    @property
    def can_stop(self) -> bool:
        return self.status in (self.Status.PLANNED, self.Status.RUNNING)

    @property
    def can_go_on(self) -> bool:
        return bool(self.status == self.Status.STOPPED)


class Invitation(models.Model):
    """One person asked once. `record` is what it is about, `person` who answers; both may be one.

    The answers of an anonymous survey carry no reference to it: it only learns that it was used."""

    class Status(models.TextChoices):
        SKIPPED = "skipped", _("left out")
        QUEUED = "queued", _("to be sent")
        SENDING = "sending", _("being sent")
        UNSURE = "unsure", _("perhaps sent")
        SENT = "sent", _("sent")
        DELIVERED = "delivered", _("delivered")
        OPENED = "opened", _("opened")
        STARTED = "started", _("started")
        COMPLETED = "completed", _("completed")
        BOUNCED = "bounced", _("not deliverable")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("called back")

    dispatch = models.ForeignKey(
        Dispatch, null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    survey = models.CharField(_("survey"), max_length=50)
    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    #: What keeps a person from being asked twice for one occasion.
    key = models.CharField(max_length=160, unique=True)
    token = models.CharField(max_length=50, unique=True, default=new_token, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.QUEUED
    )
    #: Why it was left out or could not be sent, for the people who look after it.
    why = models.CharField(_("why"), max_length=300, blank=True)
    next_free = models.DateTimeField(_("free again"), null=True, blank=True)
    fixed = models.JSONField(_("hidden values"), default=dict, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    #: Since when a worker has it, and the id of its mail.
    claimed_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    #: When the mail is to be sent; once it was, when the next reminder is.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    complained_at = models.DateTimeField(_("reported as spam"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["survey", "status"], name="invitation_of"),
            models.Index(fields=["status", "due_at"], name="invitation_due"),
            models.Index(fields=["dispatch", "status"], name="invitation_of_dispatch"),
            models.Index(fields=["person", "survey", "-id"], name="invitation_of_person"),
            models.Index(fields=["message_id"], name="invitation_by_message"),
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"
