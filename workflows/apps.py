from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        from records.explain import further
        from workflows.approvals import registration as approvals
        from workflows.automations import registration as automations
        from workflows.deadlines import registration as deadlines
        from workflows.explaining import explained
        from workflows.pipelines import registration as pipelines
        from workflows.procedures import registration as procedures
        from workflows.todo import registration as todo

        further.register("transition", explained)
        for part in (pipelines, procedures, approvals, deadlines, automations, todo):
            part.ready()
