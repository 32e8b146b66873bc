"""How satisfied somebody is: five steps, as faces, stars or numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_lazy

from crm_config.compiler import Draft
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import HIGH, LOW, WEIGHT
from surveys.questions.scales import ScaleQuestion

STYLES = {
    "faces": gettext_lazy("faces"),
    "stars": gettext_lazy("stars"),
    "numbers": gettext_lazy("numbers"),
}
STYLE = OptionSpec(
    "style", "choice", gettext_lazy("Look"), default="faces", choices=tuple(STYLES.items())
)
WORDS: Mapping[int, object] = {
    1: gettext_lazy("Very dissatisfied"),
    2: gettext_lazy("Dissatisfied"),
    3: gettext_lazy("Neither"),
    4: gettext_lazy("Satisfied"),
    5: gettext_lazy("Very satisfied"),
}


class CsatQuestion(ScaleQuestion):
    key = "csat"
    label = gettext_lazy("Satisfaction (CSAT)")
    description = gettext_lazy("How satisfied somebody is, in five steps.")
    icon = "success"
    measure = "csat"
    option_specs = (STYLE, LOW, HIGH, WEIGHT)

    def style_of(self, place: Place) -> str:
        return str(place.option("style") or "faces")

    def words(self, place: Place) -> Mapping[int, str]:
        return {n: str(word) for n, word in WORDS.items()}

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return wrong_style(place)


def wrong_style(place: Place) -> Iterable[str]:
    style = place.option("style")
    if style and style not in STYLES:
        yield gettext("There is no look “%(key)s”.") % {"key": style}
