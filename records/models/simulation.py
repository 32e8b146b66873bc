"""A draft configuration that was, or is being, tried on the live records."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Simulation(models.Model):
    """Holds the draft itself, so that its figures can be looked into later: which records, and why."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    digest = models.CharField(max_length=64)
    payload = models.JSONField()
    live_version = models.PositiveIntegerField(_("tried on version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    #: By figure, see `records.simulation.registry`.
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("simulation")
        verbose_name_plural = _("simulations")

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.state}"

    @property
    def figures(self) -> dict[str, Any]:
        """By the key of each figure; empty as long as it is not done."""
        return self.result or {}

    @property
    def is_finished(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)
