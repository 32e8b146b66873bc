"""Jobs of workflows; each part's are in a module of its own."""

import workflows.approvals.jobs
import workflows.automations.jobs
import workflows.deadlines.jobs
import workflows.pipelines.placing
import workflows.procedures.jobs
import workflows.todo.jobs  # noqa: F401
