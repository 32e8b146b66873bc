"""Jobs of workflows; each part's are in its own `jobs` module."""

import workflows.deadlines.jobs  # noqa: F401
