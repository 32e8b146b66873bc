"""Changing approval processes in the working copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.errors import InUse
from crm_config.sections.base import Path, Reference
from crm_config.working_copy.reading import WorkingCopy
from workflows.approvals.definitions import SECTION
from workflows.models import ApprovalProcess


def path_of(process: ApprovalProcess) -> Path:
    return (SECTION, process.key)


def add_process(record_type: str, *, key: str, values: Mapping[str, Any]) -> ApprovalProcess:
    return ApprovalProcess.objects.create(key=key, record_type=record_type, **values)


def change_process(process: ApprovalProcess, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(process, name, value)
    process.save(update_fields=list(values))


def archive_process(process: ApprovalProcess, copy: WorkingCopy, *, archived: bool) -> None:
    """Raises `InUse`: a procedure that asks by an archived process could not be published."""
    if archived:
        _refuse_in_use(process, copy)
    process.retired = archived
    process.save(update_fields=["retired"])


@transaction.atomic
def delete_process(process: ApprovalProcess, copy: WorkingCopy) -> None:
    """Raises `InUse`."""
    _refuse_in_use(process, copy)
    process.delete()


def in_use(process: ApprovalProcess, copy: WorkingCopy) -> list[Reference]:
    return [r for r in copy.users_of(path_of(process)) if not r.weak]


def _refuse_in_use(process: ApprovalProcess, copy: WorkingCopy) -> None:
    if used := in_use(process, copy):
        message = _("Something else asks by this approval process: re-point it first.")
        raise InUse(message, list(used))
