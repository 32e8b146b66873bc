"""What this part gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    from crm_config import schema, type_tabs, words
    from crm_config.sections.base import register as register_section
    from crm_config.views import links
    from records.gate import extensions
    from records.simulation import registry as figures
    from workflows.procedures import acknowledgements, gate
    from workflows.procedures import words as own_words
    from workflows.procedures.definitions import SECTION
    from workflows.procedures.figure import PROCEDURES
    from workflows.procedures.schema import SHAPE
    from workflows.procedures.section import ProcedureSection
    from workflows.procedures.views.studio import TAB, screen

    register_section(ProcedureSection())
    schema.register(SECTION, SHAPE)
    words.register(SECTION, own_words.WORDS)
    extensions.register(gate.obey, name="procedures", order=200)
    extensions.after_write(acknowledgements.keep, name="acknowledgements")
    type_tabs.register(TAB)
    figures.register(PROCEDURES)
    links.register(SECTION, screen)
