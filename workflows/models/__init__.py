"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.pipelines import Pipeline
from workflows.models.todo import CalendarFeed, Snooze

__all__ = ["CalendarFeed", "Pipeline", "Snooze"]
