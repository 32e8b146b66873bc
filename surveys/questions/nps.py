"""How likely somebody is to recommend us: 0 to 10."""

from django.utils.translation import gettext_lazy as _

from surveys.questions.scales import ScaleQuestion


class NpsQuestion(ScaleQuestion):
    key = "nps"
    label = _("Recommendation (NPS)")
    description = _("How likely somebody is to recommend us, from 0 to 10.")
    icon = "pick"
    measure = "nps"
    low, high = 0, 10
