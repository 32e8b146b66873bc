"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.approvals import (
    ApprovalProcess,
    ApprovalRequest,
    ApprovalStep,
    ApprovalVote,
)
from workflows.models.automations import (
    Automation,
    AutomationRun,
    BrokenAutomation,
    MailTemplate,
    Notification,
    Rotation,
    StepRun,
)
from workflows.models.deadlines import BusinessCalendar, Deadline, ServiceLevel
from workflows.models.pipelines import ChecklistTick, Pipeline
from workflows.models.procedures import Acknowledgement, Procedure, ProcedureCheck
from workflows.models.todo import CalendarFeed, Reminder, Repetition, Snooze, TodoSettings

__all__ = [
    "Acknowledgement",
    "ApprovalProcess",
    "ApprovalRequest",
    "ApprovalStep",
    "ApprovalVote",
    "Automation",
    "AutomationRun",
    "BrokenAutomation",
    "BusinessCalendar",
    "CalendarFeed",
    "ChecklistTick",
    "Deadline",
    "MailTemplate",
    "Notification",
    "Pipeline",
    "Procedure",
    "ProcedureCheck",
    "Reminder",
    "Repetition",
    "Rotation",
    "ServiceLevel",
    "Snooze",
    "StepRun",
    "TodoSettings",
]
