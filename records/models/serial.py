"""Counters: serials of types where the database has no sequences (SQLite), and automatic numbers."""

from django.db import models


class TypeSerial(models.Model):
    type_number = models.PositiveSmallIntegerField(primary_key=True)
    last = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.type_number}: {self.last}"


class Counter(models.Model):
    """The last automatic number of a field; `period` is the year where it starts anew each year, else 0."""

    type = models.CharField(max_length=50)
    field = models.CharField(max_length=50)
    period = models.PositiveSmallIntegerField(default=0)
    last = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["type", "field", "period"], name="one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.type}.{self.field}: {self.last}"
