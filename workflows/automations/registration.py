"""What this part gives to the apps below; called once, when Django is ready."""

from django.utils.translation import gettext_lazy

from crm_config import menu, schema, type_tabs, words
from crm_config.sections.base import register
from crm_config.views import links
from crm_config.words.registry import SectionWords
from records import occasions
from records.panels import record_parts
from records.simulation import registry as figures
from records.subscribers import Follower, follow


def ready() -> None:
    from workflows.automations import api, services  # noqa: F401
    from workflows.automations.engine.matching import tell, wants
    from workflows.automations.figure import AUTOMATIONS
    from workflows.automations.parts import RecordButtons, RecordLink
    from workflows.automations.section import (
        TEMPLATES_SHAPE,
        AutomationSection,
        TemplateSection,
        shape,
    )
    from workflows.automations.tab import TAB
    from workflows.automations.views.templates import screen

    record_parts.register(RecordButtons(), place="action", order=80)
    record_parts.register(RecordLink(), place="more", order=80)
    figures.register(AUTOMATIONS)
    type_tabs.register(TAB)
    menu.add("automation_studio:all", gettext_lazy("Automations"), "cogs")
    menu.add("template_studio:all", gettext_lazy("Mail templates"), "mail")
    links.register(TemplateSection.key, screen)
    register(TemplateSection())
    register(AutomationSection())
    schema.register(TemplateSection.key, TEMPLATES_SHAPE)
    schema.register(AutomationSection.key, shape())
    words.register(TemplateSection.key, SectionWords(label=gettext_lazy("Mail templates")))
    words.register(AutomationSection.key, SectionWords(label=gettext_lazy("Automations")))
    follow("automations", Follower(tell, wants))
    occasions.listen("automations", services.hear)
