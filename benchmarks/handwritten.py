"""The table somebody would write who knew the fields for ever: typed columns, plain indexes, an audit row."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models


class Company(models.Model):
    objects: ClassVar[models.Manager["Company"]] = models.Manager()

    name = models.TextField()
    size = models.CharField(max_length=20)
    owner_id = models.IntegerField(null=True)
    team_id = models.IntegerField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_company"
        indexes = [models.Index(fields=["size", "id"], name="bench_size")]

    def __str__(self) -> str:
        return self.name


class Deal(models.Model):
    objects: ClassVar[models.Manager["Deal"]] = models.Manager()

    customer = models.ForeignKey(Company, null=True, on_delete=models.PROTECT, related_name="deals")
    title = models.TextField()
    title_norm = models.TextField()
    owner_id = models.IntegerField(null=True)
    team_id = models.IntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    close_date = models.DateField(null=True)
    sector = models.CharField(max_length=20, null=True)
    tags = ArrayField(models.TextField(), default=list)
    notes = models.TextField(default="")
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_deal"
        indexes = [
            models.Index(fields=["owner_id", "-modified_at", "-id"], name="bench_owner"),
            models.Index(fields=["team_id", "-modified_at", "-id"], name="bench_team"),
            models.Index(fields=["sector", "id"], name="bench_sector"),
            models.Index(fields=["close_date", "id"], name="bench_close"),
            models.Index(
                models.F("amount").desc(nulls_last=True), models.F("id").desc(), name="bench_amount"
            ),
            GinIndex(fields=["tags"], name="bench_tags"),
            GinIndex(fields=["title_norm"], opclasses=["gin_trgm_ops"], name="bench_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Audit(models.Model):
    objects: ClassVar[models.Manager["Audit"]] = models.Manager()

    deal_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()
    actor_id = models.IntegerField(null=True)
    changes = models.JSONField()

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_audit"

    def __str__(self) -> str:
        return str(self.deal_id)


class OnList(models.Model):
    """A list of deals that somebody keeps."""

    objects: ClassVar[models.Manager["OnList"]] = models.Manager()

    deal_id = models.BigIntegerField(unique=True)

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_on_list"

    def __str__(self) -> str:
        return str(self.deal_id)


def create_tables() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Company)
        editor.create_model(Deal)
        editor.create_model(Audit)
        editor.create_model(OnList)
