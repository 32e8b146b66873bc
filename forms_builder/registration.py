"""What forms give to the apps below; called once, when Django is ready."""


def ready() -> None:
    from django.utils.translation import gettext_lazy as _

    from crm_config import menu, schema, type_tabs, words
    from crm_config.sections.base import register as register_section
    from crm_config.views import links
    from forms_builder import agreed
    from forms_builder import words as own_words
    from forms_builder.definitions import SECTION
    from forms_builder.inbound import section as inbound
    from forms_builder.layouts.finding import find
    from forms_builder.schema import SHAPE
    from forms_builder.section import FormSection
    from forms_builder.studio.asking import ASKING, PURPOSE
    from forms_builder.studio.tab import TAB
    from forms_builder.views.studio.base import screen
    from records.builder import purposes
    from records.contact import consents
    from records.contact import purposes as mail_purposes
    from records.forms import layouts

    register_section(FormSection())
    purposes.register(PURPOSE, ASKING)
    layouts.register(find)
    consents.register("forms", agreed.last_words)
    mail_purposes.register("forms", agreed.purposes)
    menu.add("form_studio:all", _("Forms"), "form")
    type_tabs.register(TAB)
    links.register(SECTION, screen)
    schema.register(SECTION, SHAPE)
    words.register(SECTION, own_words.WORDS)
    register_section(inbound.InboundSection())
    schema.register(inbound.SECTION, inbound.SHAPE)
    words.register(inbound.SECTION, inbound.WORDS)
    menu.add("inbound_studio:hooks", _("Inbound hooks"), "download")
    # Importing it puts its operations under `/api/v1/forms`.
    import forms_builder.api  # noqa: F401
