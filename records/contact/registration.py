"""What this part gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    from django.utils.translation import gettext_lazy as _

    from crm_config import menu, schema, words
    from crm_config.sections.base import register as register_section
    from crm_config.views import links
    from records.contact import erasing, purposes, tracking  # noqa: F401
    from records.contact import schema as own_schema
    from records.contact import words as own_words
    from records.contact.definitions import AUTOMATIC, BUDGET, PEOPLE
    from records.contact.parts import ContactSide
    from records.contact.sections import BudgetSection, PeopleSection
    from records.contact.views.studio import screen
    from records.gate import extensions
    from records.panels import record_parts

    register_section(PeopleSection())
    register_section(BudgetSection())
    schema.register(PEOPLE, own_schema.PEOPLE_SHAPE)
    schema.register(BUDGET, own_schema.BUDGET_SHAPE)
    words.register(PEOPLE, own_words.PEOPLE_WORDS)
    words.register(BUDGET, own_words.BUDGET_WORDS)
    links.register(BUDGET, screen)
    links.register(PEOPLE, screen)
    purposes.register("automatic", lambda snapshot: {AUTOMATIC: _("Automatic mails")})
    extensions.after_write(erasing.keep, name="contact")
    record_parts.register(ContactSide(), place="side", order=60)
    menu.add("contact_studio:all", _("Contact budget"), "mail")
