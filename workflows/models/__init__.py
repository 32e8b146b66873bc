"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.approvals import (
    ApprovalProcess,
    ApprovalRequest,
    ApprovalStep,
    ApprovalVote,
)
from workflows.models.procedures import Acknowledgement, Procedure, ProcedureCheck

__all__ = [
    "Acknowledgement",
    "ApprovalProcess",
    "ApprovalRequest",
    "ApprovalStep",
    "ApprovalVote",
    "Procedure",
    "ProcedureCheck",
]
