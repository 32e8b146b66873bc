"""Jobs of workflows; each part's are in a module of its own."""

from workflows.pipelines import placing  # noqa: F401
