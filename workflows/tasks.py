"""Jobs of workflows; each part's are in its own `jobs` module."""

import workflows.approvals.jobs  # noqa: F401
