from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")

    def ready(self) -> None:
        from crm_config import form_fields, impacts, insights
        from records import file_policies, receivers  # noqa: F401
        from records.access import permissions
        from records.api import routes  # noqa: F401
        from records.computed.follow import concerned, recompute_dependents
        from records.computed.gate import computed_values
        from records.forms.preview import previewed
        from records.gate import files
        from records.gate.extensions import register
        from records.impact.kinds import LiveImpacts
        from records.imports import receivers as import_receivers  # noqa: F401
        from records.imports import rights, tasks  # noqa: F401
        from records.insights import LiveInsights
        from records.subscribers import Follower, follow

        permissions.register()
        file_policies.register()
        impacts.register(LiveImpacts())
        insights.register(LiveInsights())
        form_fields.register(previewed)
        register(rights.gate, name="import", order=0)
        register(files.gate, name="files", order=5)
        register(computed_values, name="computed", order=10)
        follow("computed", Follower(recompute_dependents, concerned))
