"""What people put off: their own view of a record that waits for them, nobody else's."""

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
