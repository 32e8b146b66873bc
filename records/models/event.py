"""What happened to a record: one row per record and write."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """`changes` maps a field's key to `[before, after]`, both as stored JSON (the field's own parts in one
    map), links as lists of ids; see `records.conversions.history` for values in a former form. `version` is
    the record's version after the write. No foreign key to the record: the event that tells of a deletion
    outlives it."""

    class Action(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        ARCHIVED = "archived", _("archived")
        RESTORED = "restored", _("restored")
        DELETED = "deleted", _("deleted")
        COMPUTED = "computed", _("recomputed")
        CONVERTED = "converted", _("converted")
        SHARED = "shared", _("shared")
        UNSHARED = "unshared", _("share taken back")

    class Channel(models.TextChoices):
        SCREEN = "screen", _("screen")
        BULK = "bulk", _("bulk edit")
        IMPORT = "import", _("import")
        API = "api", _("API")
        FORM = "form", _("form")
        AUTOMATION = "automation", _("automation")
        MERGE = "merge", _("merge")
        SURVEY = "survey", _("survey")
        SYSTEM = "system", _("system")
        COMMAND = "command", _("command")

    id = models.BigAutoField(primary_key=True)
    record_id = models.BigIntegerField()
    type = models.CharField(max_length=50)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    batch = models.UUIDField()
    config_version = models.PositiveIntegerField()
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["record_id", "-at", "-id"], name="event_timeline"),
            models.Index(fields=["batch"], name="event_batch"),
            models.Index(
                fields=["id"], name="event_waiting", condition=models.Q(handed_over_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} v{self.version} {self.action}"
