"""Jobs of workflows; each part's are in its own `jobs` module."""

import workflows.automations.jobs  # noqa: F401
