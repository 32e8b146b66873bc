"""What the records do when a version is published: tables first, in its transaction."""

from typing import Any

from django.dispatch import receiver

from crm_config.definitions import Snapshot
from crm_config.signals import published
from records import partitions


@receiver(published)
def make_partitions(snapshot: Snapshot, **kwargs: Any) -> None:
    partitions.ensure(snapshot.types.values())
