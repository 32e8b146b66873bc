from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")

    def ready(self) -> None:
        from crm_config import form_fields, impacts, insights, review_parts
        from crm_config.forms import conditions as condition_forms
        from crm_config.promises import checking, conditions
        from records import receivers  # noqa: F401
        from records.access import permissions
        from records.api import routes  # noqa: F401
        from records.computed.follow import concerned, recompute_dependents
        from records.computed.gate import computed_values
        from records.evaluated_segments import find_segments
        from records.forms.condition import of_a_rule
        from records.forms.preview import previewed
        from records.gate.extensions import register
        from records.impact.kinds import LiveImpacts
        from records.imports import receivers as import_receivers  # noqa: F401
        from records.imports import rights, tasks  # noqa: F401
        from records.insights import LiveInsights
        from records.panels.simulation import SimulationPanel
        from records.promises.checker import LiveChecker
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
        impacts.register(LiveImpacts())
        insights.register(LiveInsights())
        form_fields.register(previewed)
        condition_forms.register(of_a_rule)
        conditions.register(find_segments)
        for figure in (VALIDITY, SIGHT, RIGHTS, SEGMENTS, REFERENCES):
            figures.register(figure)
        register(rights.gate, name="import", order=0)
        register(computed_values, name="computed", order=10)
        follow("computed", Follower(recompute_dependents, concerned))
