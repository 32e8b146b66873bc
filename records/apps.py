from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")

    def ready(self) -> None:
        from crm_config import (
            form_fields,
            impacts,
            insights,
            review_parts,
            role_buttons,
            segment_finder,
        )
        from crm_config.forms import conditions
        from crm_config.promises import checking
        from records import file_policies, receivers  # noqa: F401
        from records.access import permissions
        from records.api import routes  # noqa: F401
        from records.computed.follow import concerned, recompute_dependents
        from records.computed.gate import computed_values
        from records.contact import registration as contact
        from records.forms.preview import previewed, ruled
        from records.gate import files
        from records.gate.extensions import register
        from records.impact.kinds import LiveImpacts
        from records.imports import receivers as import_receivers  # noqa: F401
        from records.imports import rights, tasks  # noqa: F401
        from records.insights import LiveInsights
        from records.menu import look_as_role
        from records.panels.simulation import SimulationPanel
        from records.promises.checker import LiveChecker
        from records.segments import receivers as segment_receivers  # noqa: F401
        from records.segments.use import find_segment
        from records.simulation import registry as figures
        from records.simulation.figures.references import REFERENCES
        from records.simulation.figures.rights import RIGHTS
        from records.simulation.figures.segments import SEGMENTS
        from records.simulation.figures.sight import SIGHT
        from records.simulation.figures.validity import VALIDITY
        from records.subscribers import Follower, follow

        checking.register(LiveChecker())
        review_parts.register(SimulationPanel())
        permissions.register()
        file_policies.register()
        impacts.register(LiveImpacts())
        insights.register(LiveInsights())
        form_fields.register(previewed)
        conditions.register(ruled)
        segment_finder.register(find_segment)
        for figure in (VALIDITY, SIGHT, RIGHTS, SEGMENTS, REFERENCES):
            figures.register(figure)
        role_buttons.register(look_as_role)
        register(rights.gate, name="import", order=0)
        register(files.gate, name="files", order=5)
        register(computed_values, name="computed", order=10)
        follow("computed", Follower(recompute_dependents, concerned))
        contact.ready()
