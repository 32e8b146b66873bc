import workflows.approvals.hooks
import workflows.automations.hooks
import workflows.deadlines.hooks
import workflows.pipelines.hooks
import workflows.procedures.hooks
import workflows.todo.hooks  # noqa: F401
