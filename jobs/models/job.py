"""The ledger: one row per unit of work, written together with the business data that asks for it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import registry


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    POISONED = "poisoned", _("Given up")
    CANCELLED = "cancelled", _("Cancelled")


UNFINISHED = (State.QUEUED, State.RUNNING)
RETRYABLE = (State.FAILED, State.POISONED, State.CANCELLED)


class Job(models.Model):
    State = State

    kind = models.CharField(_("kind"), max_length=100)
    args = models.JSONField(_("arguments"), default=dict)
    key = models.CharField(_("key"), max_length=200, null=True, blank=True)
    once = models.BooleanField(_("once only"), default=False)
    language = models.CharField(_("language"), max_length=20, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveIntegerField(_("most attempts"), default=3)
    cancel_requested = models.BooleanField(_("asked to stop"), default=False)

    progress_done = models.PositiveBigIntegerField(_("done so far"), default=0)
    progress_total = models.PositiveBigIntegerField(_("to do in all"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True)
    cursor = models.JSONField(_("resumes from"), null=True, blank=True, encoder=DjangoJSONEncoder)

    result = models.JSONField(_("result"), null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField(_("error"), blank=True)
    trace = models.TextField(_("details of the error"), blank=True)

    claim = models.CharField(_("claim"), max_length=32, blank=True)
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)

    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    available_at = models.DateTimeField(_("not before"), default=timezone.now)
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="jobs",
    )

    # Wagtail would enqueue a job to index the references of every job saved, without end.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["state", "available_at"], name="job_state_available"),
            models.Index(fields=["kind", "-id"], name="job_kind"),
            models.Index(fields=["finished_at"], name="job_finished"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=UNFINISHED) | Q(state=State.DONE, once=True),
                name="job_key_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"

    @property
    def label(self) -> str:
        return registry.label_of(self.kind)

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def can_retry(self) -> bool:
        return self.state in RETRYABLE

    @property
    def can_cancel(self) -> bool:
        return self.state in UNFINISHED and not self.cancel_requested

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None while the end is not known."""
        if self.state == State.DONE:
            return 100
        if not self.progress_total:
            return None
        return min(100, self.progress_done * 100 // self.progress_total)
