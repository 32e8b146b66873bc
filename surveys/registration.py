"""What surveys give to the apps below; called once, when Django is ready."""


def ready() -> None:
    from crm_config import schema, words
    from crm_config.sections.base import register as register_section
    from forms_builder.items import registry
    from records import subscribers
    from surveys import words as own_words
    from surveys.answering.erasing import FOLLOWER
    from surveys.definitions import SECTION
    from surveys.flow.jump import JumpItem
    from surveys.questions import KINDS
    from surveys.results import registration as results
    from surveys.sending import registration as sending
    from surveys.studio import registration as studio

    for kind in (*KINDS, JumpItem()):
        registry.register(kind)

    # It reads which kinds there are.
    from surveys.schema import SHAPE
    from surveys.section import SurveySection

    register_section(SurveySection())
    schema.register(SECTION, SHAPE)
    words.register(SECTION, own_words.WORDS)
    subscribers.follow("answers of the erased", FOLLOWER)
    results.ready()
    sending.ready()
    studio.ready()
