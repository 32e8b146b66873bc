"""A mark on a scale of two to ten steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import HIGH, LOW, WEIGHT
from surveys.questions.csat import STYLES, wrong_style
from surveys.questions.scales import ScaleQuestion


class RatingQuestion(ScaleQuestion):
    key = "rating"
    label = _("Rating")
    description = _("A mark on a scale: stars, faces or numbers.")
    icon = "pick"
    measure = "rating"
    option_specs = (
        OptionSpec("steps", "integer", _("Steps"), default=5, minimum=2, maximum=10),
        OptionSpec("style", "choice", _("Look"), default="stars", choices=tuple(STYLES.items())),
        LOW,
        HIGH,
        WEIGHT,
    )

    def steps(self, place: Place) -> range:
        return range(1, int(place.option("steps") or 5) + 1)

    def style_of(self, place: Place) -> str:
        return str(place.option("style") or "stars")

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return {"min": 1, "max": self.steps(place)[-1]}

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return wrong_style(place)
