"""What each person keeps for themselves: saved views, what they looked at last, what they marked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models.record import Record


class SavedView(models.Model):
    """A list as somebody likes it. `query` holds columns, sort and filters as the list's address does.
    Shared views are offered to everyone who may see the type; what they show each reader may differ."""

    type = models.CharField(max_length=50)
    name = models.CharField(_("name"), max_length=100)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    shared = models.BooleanField(_("shared with everyone"), default=False)
    default = models.BooleanField(
        _("opens first"), default=False, help_text=_("The list opens with it, for you alone.")
    )
    query = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["type", "owner", "name"], name="one_view_name")
        ]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")

    def __str__(self) -> str:
        return self.name


class RecentRecord(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recent_records"
    )
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "record"], name="one_recent")]
        indexes = [models.Index(fields=["user", "-at"], name="recent_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.record_id}"


class StarredRecord(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="starred_records"
    )
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "record"], name="one_star")]

    def __str__(self) -> str:
        return f"{self.user_id} ★ {self.record_id}"
