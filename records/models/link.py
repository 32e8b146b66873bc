"""Links between records, and the values that may occur only once."""

from django.db import models

from records.models.record import Record


class RecordLink(models.Model):
    """`source`'s link field `field` points at `target`; `position` keeps the order of several."""

    source = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="links_out", db_index=False
    )
    field = models.CharField(max_length=50)
    target = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="links_in", db_index=False
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "field", "target"], name="one_link")
        ]
        indexes = [models.Index(fields=["target", "field", "source"], name="link_back")]

    def __str__(self) -> str:
        return f"{self.source_id}.{self.field} → {self.target_id}"


class UniqueValue(models.Model):
    """The database's word that no two records of a type share the value of a unique field."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="unique_values")
    type = models.CharField(max_length=50)
    field = models.CharField(max_length=50)
    value = models.CharField(max_length=600)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["type", "field", "value"], name="value_once"),
            models.UniqueConstraint(fields=["record", "field"], name="one_value_per_field"),
        ]

    def __str__(self) -> str:
        return f"{self.type}.{self.field}"
