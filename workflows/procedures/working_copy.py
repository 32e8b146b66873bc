"""Changing procedures in the working copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.models import Procedure


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
