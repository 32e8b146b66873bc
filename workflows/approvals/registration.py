"""What this part gives to the apps below; called once, when Django is ready."""

from django.utils.translation import gettext_lazy


def ready() -> None:
    from crm_config import menu, schema, words
    from crm_config.sections.base import register as register_section
    from crm_config.views import links
    from records import timeline_notes
    from records.api.registry import register as register_router
    from records.forms import asking
    from records.gate import extensions
    from records.panels import record_parts
    from workflows.approvals import api, gate
    from workflows.approvals import words as own_words
    from workflows.approvals.definitions import SECTION
    from workflows.approvals.from_forms import ask
    from workflows.approvals.panels import HeldPart
    from workflows.approvals.schema import SHAPE
    from workflows.approvals.section import ApprovalSection
    from workflows.approvals.timeline import notes
    from workflows.approvals.views.studio import screen

    register_section(ApprovalSection())
    schema.register(SECTION, SHAPE)
    words.register(SECTION, own_words.WORDS)
    extensions.register(gate.hold, name="approvals", order=2)
    record_parts.register(HeldPart(), place="head", order=20)
    asking.register(ask)
    timeline_notes.register("approvals", notes)
    register_router("approvals", api.router)
    menu.add("approvals_studio:all", gettext_lazy("Approvals"), "clipboard-check")
    links.register(SECTION, screen)
