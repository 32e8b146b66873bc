"""What workflows keep: their part of the working copy, and what is under way."""

from workflows.models.pipelines import Pipeline

__all__ = ["Pipeline"]
