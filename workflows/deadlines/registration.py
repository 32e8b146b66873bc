"""What this part gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    from django.utils.translation import gettext_lazy as _

    from crm_config import menu, schema, words
    from crm_config.sections.base import register as register_section
    from records.panels import broken as broken_parts
    from records.panels import record_parts
    from records.subscribers import Follower, follow
    from workflows.automations.services import fire
    from workflows.deadlines import broken, firing, services, telling
    from workflows.deadlines import schema as own_schema
    from workflows.deadlines import words as own_words
    from workflows.deadlines.definitions import CALENDARS, LEVELS
    from workflows.deadlines.parts import DeadlinesBand
    from workflows.deadlines.sections import CalendarSection, LevelSection

    register_section(CalendarSection())
    register_section(LevelSection())
    schema.register(CALENDARS, own_schema.CALENDARS_SHAPE)
    schema.register(LEVELS, own_schema.LEVELS_SHAPE)
    words.register(CALENDARS, own_words.CALENDAR_WORDS)
    words.register(LEVELS, own_words.LEVEL_WORDS)
    follow("deadlines", Follower(services.tell, services.wants))
    telling.register(telling.by_mail)
    firing.listen(fire)
    record_parts.register(DeadlinesBand(), place="head", order=20)
    broken_parts.register("deadlines", broken.told)
    menu.add("deadline_studio:calendars", _("Business calendars"), "calendar-alt")
    menu.add("deadline_studio:levels", _("Service levels"), "history")
