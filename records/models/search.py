"""What the one search box looks through."""

from django.db import models

from records.models.record import Record


class SearchEntry(models.Model):
    """The normalised text of one searchable field of one record (`field` is `title` for its title)."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="search_entries")
    type = models.CharField(max_length=50)
    field = models.CharField(max_length=50)
    text = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field}"
