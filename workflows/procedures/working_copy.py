"""Changing procedures in the working copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_config.sections.base import Path
from workflows.models import Procedure
from workflows.procedures.definitions import SECTION


def path_of(procedure: Procedure) -> Path:
    return (SECTION, procedure.key)


def procedures_of_type(record_type: str) -> list[Procedure]:
    """Those in use first."""
    return list(Procedure.objects.filter(record_type=record_type).order_by("retired", "key"))


def add_procedure(record_type: str, *, key: str, values: Mapping[str, Any]) -> Procedure:
    return Procedure.objects.create(key=key, record_type=record_type, **values)


def change_procedure(procedure: Procedure, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(procedure, name, value)
    procedure.save(update_fields=list(values))


def archive_procedure(procedure: Procedure, *, archived: bool) -> None:
    procedure.retired = archived
    procedure.save(update_fields=["retired"])


def delete_procedure(procedure: Procedure) -> None:
    """Nothing in a configuration refers to a procedure: reasons that were given are kept by its name."""
    procedure.delete()
