"""The working copy of business calendars and service levels, and the deadlines of records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_config.models.types import Keyed
from records.models import Record


class BusinessCalendar(Keyed):
    """`hours` by weekday: `{"mon": [["09:00", "17:30"]]}`. `days` are own days without hours."""

    time_zone = models.CharField(_("time zone"), max_length=50, default="", blank=True)
    hours = models.JSONField(_("hours"), default=dict)
    country = models.CharField(_("holidays of"), max_length=5, default="", blank=True)
    subdivision = models.CharField(_("part of the country"), max_length=10, default="", blank=True)
    days = models.JSONField(_("own days"), default=list, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="calendar_key")]
        verbose_name = _("business calendar")
        verbose_name_plural = _("business calendars")


class ServiceLevel(Keyed):
    record_type = models.CharField(_("record type"), max_length=50)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    calendar = models.CharField(_("calendar"), max_length=50)
    condition = models.JSONField(_("condition"), null=True, blank=True)
    starts = models.JSONField(_("starts"), null=True, blank=True)
    pauses = models.JSONField(_("pauses"), null=True, blank=True)
    targets = models.JSONField(_("targets"), default=list)
    warn_at = models.PositiveSmallIntegerField(_("warn at"), default=80)
    escalations = models.JSONField(_("escalations"), default=list, blank=True)
    retired = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["record_type", "order", "key"]
        constraints = [models.UniqueConstraint(fields=["key"], name="service_level_key")]
        verbose_name = _("service level")
        verbose_name_plural = _("service levels")


class Deadline(models.Model):
    """One target of one record. While it runs, time that counts has been `used` up to `since`, and goes on from
    there; `due_at` follows from both. `passed` is the highest percentage of which the steps were taken, so that
    each is taken once; `next_at` is when there is something to do."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        MET = "met", _("met")
        DROPPED = "dropped", _("no longer asked for")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(_("record type"), max_length=50)
    level = models.CharField(_("service level"), max_length=50)
    target = models.CharField(_("target"), max_length=50)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    started_at = models.DateTimeField(_("started"))
    since = models.DateTimeField()
    used = models.DurationField(_("time used"))
    due_at = models.DateTimeField(_("due"), null=True)
    next_at = models.DateTimeField(null=True)
    passed = models.PositiveSmallIntegerField(default=0)
    warned_at = models.DateTimeField(_("warned"), null=True)
    breached_at = models.DateTimeField(_("breached"), null=True)
    met_at = models.DateTimeField(_("met at"), null=True)

    class Meta:
        ordering = ["due_at", "id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["record", "level", "target"], name="one_deadline")
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="deadline_next", condition=models.Q(state="running")
            ),
            models.Index(fields=["type", "level", "started_at"], name="deadline_measured"),
        ]
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")

    def __str__(self) -> str:
        return f"{self.record_id} {self.level}/{self.target}"
