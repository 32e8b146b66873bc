"""What this part gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    from crm_config import schema, words
    from crm_config.sections.base import register as register_section
    from workflows.approvals import words as own_words
    from workflows.approvals.definitions import SECTION
    from workflows.approvals.schema import SHAPE
    from workflows.approvals.section import ApprovalSection

    register_section(ApprovalSection())
    schema.register(SECTION, SHAPE)
    words.register(SECTION, own_words.WORDS)
