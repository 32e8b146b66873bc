"""Records that somebody was given besides what their roles reach, and whom an absent person's reach goes to."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from records.models.record import Record


class RecordShare(models.Model):
    """One record shown to one person or to the members of one team, until a time. What `level` lets them do
    never goes beyond what their roles let them do with records of that type."""

    class Level(models.TextChoices):
        VIEW = "view", _("view")
        CHANGE = "change", _("view and change")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    team = models.ForeignKey(
        "crm_config.Team", null=True, on_delete=models.CASCADE, related_name="+"
    )
    level = models.CharField(max_length=10, choices=Level.choices)
    #: The moment it ends; null: when it is taken back.
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["record", "user"], name="one_share_with_user", condition=~Q(user=None)
            ),
            models.UniqueConstraint(
                fields=["record", "team"], name="one_share_with_team", condition=~Q(team=None)
            ),
            models.CheckConstraint(
                condition=Q(user=None, team__isnull=False) | Q(user__isnull=False, team=None),
                name="share_with_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.user_id or self.team_id}: {self.level}"

    @classmethod
    def in_force(cls, now: datetime) -> models.QuerySet[RecordShare]:
        return cls.objects.filter(Q(until=None) | Q(until__gt=now))


class Delegation(models.Model):
    """While `of` is absent, `to` has their reach besides their own."""

    of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_given"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_had"
    )
    since = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(of=F("to")), name="delegation_to_another"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="delegation_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} → {self.to_id}"

    @classmethod
    def at_work(cls, now: datetime) -> models.QuerySet[Delegation]:
        """Those in force; of who was switched off nothing is left to stand in for."""
        return cls.objects.filter(since__lte=now, until__gt=now, of__is_active=True)
