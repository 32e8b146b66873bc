"""Jobs of workflows; each part's are in its own `jobs` module."""

import workflows.approvals.jobs
import workflows.procedures.jobs  # noqa: F401
