"""What segments do when a version is published."""

from typing import Any

from django.dispatch import receiver

from crm_config.definitions import Snapshot
from crm_config.models import ConfigSnapshot
from crm_config.segments import segments_of
from crm_config.signals import published
from records.models import SegmentCount, SegmentMember, SegmentMove, SegmentSeen
from records.segments.counting import in_use
from records.segments.jobs import count_soon

KEPT = (SegmentMember, SegmentCount, SegmentMove, SegmentSeen)


@receiver(published)
def begin_empty(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    """A new segment does not take over the list of a removed one that had its key. What was removed comes
    back whole where an older version is published again."""
    fresh = segments_of(snapshot).keys() - segments_of(previous).keys()
    if not fresh or _rolled_back(snapshot.version):
        return
    for model in KEPT:
        model._default_manager.filter(segment__in=fresh).delete()


def _rolled_back(version: int) -> bool:
    row = ConfigSnapshot.objects.filter(version=version).values_list("rolled_back_to", flat=True)
    return row.first() is not None


@receiver(published)
def count_anew(snapshot: Snapshot, **kwargs: Any) -> None:
    """All of them: a field or an option that they ask about may mean something else now."""
    if segments := in_use(snapshot):
        count_soon(s.key for s in segments)
