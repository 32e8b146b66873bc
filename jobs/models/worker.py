"""The machines at work: one row per supervisor of a cluster, refreshed while its cluster runs."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    pool = models.PositiveIntegerField(_("jobs at a time"), default=1)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    beat_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    restarts = models.PositiveIntegerField(_("restarts"), default=0)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-beat_at"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name
