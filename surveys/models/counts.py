"""What is counted apart from the answers themselves."""

from __future__ import annotations

from django.db import models


class QuotaCount(models.Model):
    """How many places of a quota are taken. Claimed by a conditional update."""

    survey = models.CharField(max_length=50)
    quota = models.CharField(max_length=50)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["survey", "quota"], name="quota_count_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.quota}: {self.taken}"


class Knock(models.Model):
    """How often a network address, sealed, answered within an hour. It is joined to no answer, and forgotten soon."""

    sender = models.CharField(max_length=32)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["sender", "hour"], name="knock_once")]
        indexes = [models.Index(fields=["hour"], name="knock_hour")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}: {self.count}"
