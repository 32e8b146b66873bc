"""What people put off: their own view of a record that waits for them, nobody else's."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Snooze(models.Model):
    """Until then the record stays out of the person's list. No foreign key: records are in partitions, and one
    that is gone puts nothing off."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record_id = models.BigIntegerField()
    until = models.DateTimeField(_("until"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "record_id"], name="one_snooze")]
        verbose_name = _("snooze")
        verbose_name_plural = _("snoozes")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.record_id}"


class Repetition(models.Model):
    """The rule by which an activity comes again (`workflows.todo.rules.Rule` as JSON). Once it is done, the rule
    goes over to the next one: nothing comes twice. `previous` is the one before."""

    record_id = models.BigIntegerField(unique=True)
    rule = models.JSONField(_("rule"))
    previous = models.BigIntegerField(null=True, db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("repetition")
        verbose_name_plural = _("repetitions")

    def __str__(self) -> str:
        return str(self.record_id)


class Reminder(models.Model):
    """Somebody wants to be told of an activity so long before it. `at` follows the activity's time; without
    `minutes`, the field of the activity that says when."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record_id = models.BigIntegerField(db_index=True)
    minutes = models.PositiveIntegerField(_("minutes before"), null=True)
    at = models.DateTimeField(_("at"), null=True)
    told_at = models.DateTimeField(_("told"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "record_id"], name="one_reminder")]
        indexes = [
            models.Index(
                fields=["at"], name="reminder_due", condition=models.Q(told_at__isnull=True)
            )
        ]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.record_id}"


class TodoSettings(models.Model):
    """What somebody wants to be told. `remind` is for new activities of theirs, in minutes before; None: nothing."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.BooleanField(_("my day by mail, each morning"), default=False)
    digest_at = models.TimeField(_("at"), default=time(7))
    digest_sent = models.DateField(null=True)
    remind = models.PositiveIntegerField(_("remind me of new activities"), null=True)
    mail = models.BooleanField(_("reminders by mail too"), default=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("settings of the to-do list")
        verbose_name_plural = _("settings of to-do lists")

    def __str__(self) -> str:
        return str(self.user)


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads somebody's activities. Only its hash is kept; a new
    address makes the old one useless."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)
