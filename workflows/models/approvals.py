"""The working copy of approval processes, and what was asked for, of whom, and what they said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm_config.models.types import Keyed
from records.models import Record


class ApprovalProcess(Keyed):
    record_type = models.CharField(_("record type"), max_length=50)
    steps = models.JSONField(_("steps"), default=list)
    order = models.CharField(_("order"), max_length=10, default="sequence")
    different_from_requester = models.BooleanField(_("different from the requester"), default=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="approval_process_key")]
        verbose_name = _("approval process")
        verbose_name_plural = _("approval processes")


class ApprovalRequest(models.Model):
    """A change that waits until others agree. `change` holds what is to be done, as history keeps values;
    `record` is None while it is about a new one."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FAILED = "failed", _("Could not be carried out")

    process = models.CharField(_("process"), max_length=50)
    type = models.CharField(_("record type"), max_length=50)
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    change = models.JSONField(_("change"))
    rules = models.JSONField(_("rules"), default=list)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    comment = models.TextField(_("comment"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    #: Messages for the requester: why it could not be carried out.
    reasons = models.JSONField(default=list)
    config_version = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked"))
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["record"],
                name="approval_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["state", "asked_at"], name="approval_state"),
        ]
        verbose_name = _("approval request")
        verbose_name_plural = _("approval requests")

    def __str__(self) -> str:
        return f"{self.process} {self.pk}"


class ApprovalStep(models.Model):
    """One step of a request, as its process said when it was asked for."""

    class State(models.TextChoices):
        COMING = "coming", _("Not yet")
        OPEN = "open", pgettext_lazy("approval step", "Open")
        PASSED = "passed", _("Agreed")
        REFUSED = "refused", _("Refused")

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMING)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    escalated_at = models.DateTimeField(_("escalated"), null=True)

    class Meta:
        ordering = ["request", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="one_approval_step")
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.position}"


class ApprovalVote(models.Model):
    """One person asked in a step, and what they said; `by` is whoever said it for them while they are absent."""

    class Verdict(models.TextChoices):
        NONE = "", _("Not yet")
        YES = "yes", _("Approved")
        NO = "no", _("Refused")

    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Asked because the others did not answer in time, or are gone: such a word decides the step.
    escalated = models.BooleanField(default=False)
    verdict = models.CharField(
        max_length=3, choices=Verdict.choices, default=Verdict.NONE, blank=True
    )
    comment = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["step", "id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["step", "user"], name="one_approval_vote")]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.user_id}"
