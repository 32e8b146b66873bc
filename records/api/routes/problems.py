"""What can go wrong: the addresses that problems carry as their `type` lead here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from records.api.problems import KINDS
from records.api.routers import general as router
from records.api.schemas.problems import ProblemKindsOut


@router.get(
    "problems",
    response=ProblemKindsOut,
    auth=None,
    url_name="problems",
    summary="Kinds of problems",
)
def list_problems(request: HttpRequest) -> dict[str, Any]:
    """Every `code` that an error may have."""
    kinds = KINDS.values()
    return {
        "problems": [
            {"code": k.code, "status": k.status.value, "title": str(k.title)} for k in kinds
        ]
    }
