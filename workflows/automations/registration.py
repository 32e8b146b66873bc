"""What this part gives to the apps below; called once, when Django is ready."""

from crm_config import schema
from crm_config.sections.base import register
from records.subscribers import Follower, follow


def ready() -> None:
    from workflows.automations.engine.matching import tell, wants
    from workflows.automations.section import (
        TEMPLATES_SHAPE,
        AutomationSection,
        TemplateSection,
        shape,
    )

    register(TemplateSection())
    register(AutomationSection())
    schema.register(TemplateSection.key, TEMPLATES_SHAPE)
    schema.register(AutomationSection.key, shape())
    follow("automations", Follower(tell, wants))
