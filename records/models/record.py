"""One table for the records of all types.

The type is in the id: `id = (type number << 40) + serial`. On PostgreSQL the table is partitioned by
ranges of id, one partition per type; on SQLite the same ids keep a type's rows together.
"""

from django.conf import settings
from django.db import connections, models
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef


class RecordQuerySet(models.QuerySet["Record"]):
    def of(self, record_type: TypeDef) -> "RecordQuerySet":
        """The records of one type: a range of ids, so that PostgreSQL looks at one partition alone. SQLite has
        none: there the indexes of fields begin with the type."""
        found = self.filter(id__gte=record_type.first_id, id__lt=record_type.end_id)
        on_sqlite = connections[self.db].vendor == "sqlite"
        return found.filter(type=record_type.key) if on_sqlite else found


class Record(models.Model):
    id = models.BigIntegerField(primary_key=True)
    type = models.CharField(_("type"), max_length=50)
    title = models.CharField(_("title"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    team = models.ForeignKey(
        "crm_config.Team",
        verbose_name=_("team"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    stage = models.CharField(_("stage"), max_length=50, null=True, blank=True)
    stage_entered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    modified_at = models.DateTimeField(_("modified"))
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict)
    long_data = models.JSONField(default=dict)
    norm = models.JSONField(default=dict)

    #: Unscoped: sees every record, whoever asks. Screens and the API read through `records.selectors`.
    unscoped = RecordQuerySet.as_manager()

    class Meta:
        default_manager_name = "unscoped"
        base_manager_name = "unscoped"
        default_permissions = ()
        verbose_name = _("record")
        verbose_name_plural = _("records")
        indexes = [
            models.Index(fields=["owner", "-modified_at", "-id"], name="record_owner_modified"),
            models.Index(fields=["team", "-modified_at", "-id"], name="record_team_modified"),
            models.Index(fields=["-modified_at", "-id"], name="record_modified"),
            models.Index(fields=["created_at", "id"], name="record_created"),
            models.Index(fields=["title", "id"], name="record_title"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.type} {self.serial}"

    @property
    def serial(self) -> int:
        """The number of the record within its type."""
        return self.pk & ((1 << 40) - 1)
