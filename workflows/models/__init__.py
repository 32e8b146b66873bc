"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.automations import (
    Automation,
    AutomationRun,
    BrokenAutomation,
    MailTemplate,
    Notification,
    Rotation,
    StepRun,
)

__all__ = [
    "Automation",
    "AutomationRun",
    "BrokenAutomation",
    "MailTemplate",
    "Notification",
    "Rotation",
    "StepRun",
]
