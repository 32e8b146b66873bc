"""What this part gives to the apps below; called once, when Django is ready."""

from django.utils.translation import gettext_lazy as _

from crm_config import schema, system_fields, type_tabs, words
from crm_config.sections.base import register as register_section
from records.gate.extensions import register as register_gate
from records.panels import broken as broken_parts
from records.panels import list_modes, record_parts
from records.simulation import registry as figures
from workflows.pipelines import api, broken, gate  # noqa: F401
from workflows.pipelines.changes import WORDS
from workflows.pipelines.fields import stage_fields
from workflows.pipelines.figure import STAGES
from workflows.pipelines.parts import Checklist, StageBar, StageMenu
from workflows.pipelines.schema import SHAPE
from workflows.pipelines.section import PipelineSection
from workflows.pipelines.views import board
from workflows.pipelines.views.studio.tab import PipelinesTab


def ready() -> None:
    register_section(PipelineSection())
    schema.register(PipelineSection.key, SHAPE)
    words.register(PipelineSection.key, WORDS)
    system_fields.register(stage_fields)
    register_gate(gate.place, name="stages", order=8)
    register_gate(gate.judge, name="moves", order=20)
    record_parts.register(StageBar(), place="head", order=10)
    record_parts.register(Checklist(), place="head", order=11)
    record_parts.register(StageMenu(), place="action", order=10)
    list_modes.register(list_modes.ListMode("board", _("Board"), "kanban", board.address, order=10))
    figures.register(STAGES)
    broken_parts.register("pipelines", broken.told)
    type_tabs.register(type_tabs.Tab("pipelines", _("Pipelines"), PipelinesTab(), order=10))
