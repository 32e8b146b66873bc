"""Lists of segments that people keep, what segments counted day by day, and who entered and left."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.keys import MAX_KEY
from records.models.record import Record


class SegmentMember(models.Model):
    """A record that somebody put into a segment, or (`added` is False) keeps out of it whatever its condition says."""

    segment = models.CharField(max_length=MAX_KEY)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    added = models.BooleanField(default=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["segment", "record"], name="one_member")]

    def __str__(self) -> str:
        return f"{self.segment}: {self.record_id}"


class SegmentCount(models.Model):
    """How many records that are not archived a segment held, at the latest count of a day (the company's)."""

    segment = models.CharField(max_length=MAX_KEY)
    day = models.DateField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["segment", "-day"]
        constraints = [models.UniqueConstraint(fields=["segment", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.segment} {self.day}: {self.number}"


class SegmentMove(models.Model):
    """A record entered a segment, or left it. Moves by hand are written when they happen; others are found
    by comparing the members of one count with those of the count before, where a segment keeps them."""

    class How(models.TextChoices):
        HAND = "hand", _("by hand")
        IMPORT = "import", _("import")
        CONDITION = "condition", _("its values, or the day")
        DEFINITION = "definition", _("the segment was changed")

    id = models.BigAutoField(primary_key=True)
    segment = models.CharField(max_length=MAX_KEY)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    entered = models.BooleanField()
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=10, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["segment", "-at", "-id"], name="segment_moves")]

    def __str__(self) -> str:
        return f"{self.segment} {'+' if self.entered else '-'}{self.record_id}"


class SegmentSeen(models.Model):
    """Who was in a segment at its latest count, for the next one to compare with: see
    `records.segments.packed`. `definition` is the digest of what it was then."""

    segment = models.CharField(max_length=MAX_KEY, unique=True)
    at = models.DateTimeField()
    definition = models.CharField(max_length=64)
    ids = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.segment} {self.at}"
