"""How easy something was: 1 to 7."""

from django.utils.translation import gettext_lazy as _

from surveys.questions.scales import ScaleQuestion


class CesQuestion(ScaleQuestion):
    key = "ces"
    label = _("Effort (CES)")
    description = _("How easy something was made, from 1 to 7.")
    icon = "pick"
    measure = "ces"
    low, high = 1, 7
