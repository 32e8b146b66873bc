"""What somebody has to do about an answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models import Team
from records.models import Record
from surveys.models.responses import Response


class FollowUp(models.Model):
    """The closed loop: one for each rule that a response meets."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DOING = "doing", _("being worked on")
        CLOSED = "closed", _("closed")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="follow_ups")
    survey = models.CharField(_("survey"), max_length=50)
    rule = models.CharField(_("rule"), max_length=50)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    #: The person or the record that was asked about.
    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    #: The request or task that was made for it.
    made = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: That of the record; of nobody's record, that of the owner.
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    #: What of the rule could not be done, in words; empty once it is.
    problems = models.JSONField(_("could not be done"), default=list, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["status", "due_at", "id"]
        default_permissions = ("view", "change")
        constraints = [models.UniqueConstraint(fields=["response", "rule"], name="follow_up_once")]
        indexes = [
            models.Index(fields=["status", "due_at"], name="follow_up_due"),
            models.Index(fields=["survey", "status"], name="follow_up_of"),
        ]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return f"{self.survey} {self.rule} {self.pk}"


class FollowUpStep(models.Model):
    """What became of a follow-up, one row a step."""

    class What(models.TextChoices):
        MADE = "made", _("asked to follow up")
        TAKEN = "taken", _("took the follow-up")
        NOTED = "noted", _("noted on the follow-up")
        MENDED = "mended", _("had the follow-up tried again")
        CLOSED = "closed", _("closed the follow-up")
        REOPENED = "reopened", _("opened the follow-up again")
        FINISHED = "finished", _("did what was to be done, and closed the follow-up")
        DONE = "done", _("did what was to be done for the follow-up")
        WENT_ON = "went_on", _("goes on with a next step for the follow-up")
        LOST = "lost", _("took away what was made for the follow-up")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.what}"
