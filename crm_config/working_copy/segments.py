"""Adding, changing, archiving and deleting segments in the working copy."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.errors import InUse
from crm_config.models import Segment
from crm_config.sections.base import Path
from crm_config.working_copy.reading import WorkingCopy


def path_of(segment: Segment) -> Path:
    return ("segments", segment.key)


def segments_of_type(record_type: str) -> list[Segment]:
    """They rest with their type when it is archived."""
    return list(Segment.objects.filter(record_type=record_type))


def add_segment(record_type: str, *, key: str, values: Mapping[str, Any]) -> Segment:
    return Segment.objects.create(key=key, record_type=record_type, **values)


def change_segment(segment: Segment, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(segment, name, value)
    segment.save()


@transaction.atomic
def archive_segment(segment: Segment, copy: WorkingCopy) -> None:
    """Nobody can use it; its list stays, and comes back with it. Raises `InUse`."""
    _insist_on_nobody(segment, copy)
    segment.retired = True
    segment.save(update_fields=["retired"])


def restore_segment(segment: Segment) -> None:
    segment.retired = False
    segment.save(update_fields=["retired"])


@transaction.atomic
def delete_segment(segment: Segment, copy: WorkingCopy) -> None:
    """Raises `InUse`."""
    _insist_on_nobody(segment, copy)
    segment.delete()


def _insist_on_nobody(segment: Segment, copy: WorkingCopy) -> None:
    if used := [r for r in copy.users_of(path_of(segment)) if not r.weak]:
        raise InUse(_("Something else uses this segment: re-point it first."), list(used))
