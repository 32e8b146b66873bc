"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.deadlines import BusinessCalendar, Deadline, ServiceLevel

__all__ = ["BusinessCalendar", "Deadline", "ServiceLevel"]
