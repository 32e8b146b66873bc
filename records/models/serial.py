"""The next serial per type where the database has no sequences of its own (SQLite)."""

from django.db import models


class TypeSerial(models.Model):
    type_number = models.PositiveSmallIntegerField(primary_key=True)
    last = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.type_number}: {self.last}"
