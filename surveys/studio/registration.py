"""What the studio's part gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    from django.utils.translation import gettext_lazy as _

    from crm_config import menu
    from crm_config.views import links
    from forms_builder.studio import asking
    from forms_builder.studio.forms import options
    from records.builder import purposes
    from surveys.definitions import CHANNEL, SECTION
    from surveys.studio.building import SURVEYS, screen
    from surveys.studio.forms.options import OWN

    menu.add("survey_studio:all", _("Surveys"), "order")
    links.register(SECTION, screen)
    asking.PURPOSES[CHANNEL] = SECTION
    purposes.register(SECTION, asking.asking(SECTION, SURVEYS.definitions))
    options.OWN.update(OWN)
