"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.pipelines import Pipeline
from workflows.models.todo import Snooze

__all__ = ["Pipeline", "Snooze"]
