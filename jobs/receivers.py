"""What the ledger does when Django says that something happened."""

from typing import Any

from django.db import connections
from django_q.models import Schedule

from jobs.periods import ensure_schedules


def keep_schedules(*, using: str, **kwargs: Any) -> None:
    """After a migration: schedules as the code declares them. A partial migration may have no table yet."""
    if Schedule._meta.db_table in connections[using].introspection.table_names():
        ensure_schedules()
