"""A number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import AnswerRow, QuestionKind, said

LIMIT = 1_000_000_000


class NumberQuestion(QuestionKind):
    key = "number"
    label = gettext_lazy("Number")
    description = gettext_lazy("An amount or a count.")
    icon = "decimal"
    measure = "number"
    option_specs = (
        OptionSpec("min", "integer", gettext_lazy("Least"), minimum=-LIMIT, maximum=LIMIT),
        OptionSpec("max", "integer", gettext_lazy("Greatest"), minimum=-LIMIT, maximum=LIMIT),
        OptionSpec(
            "decimals", "integer", gettext_lazy("Decimals"), default=0, minimum=0, maximum=4
        ),
    )

    def type_of(self, place: Place) -> str:
        return "decimal" if place.option("decimals") else "integer"

    def field_options(self, place: Place) -> Mapping[str, Any]:
        bounds = said(place, "min", "max")
        if place.option("decimals"):
            texts = {key: str(bound) for key, bound in bounds.items()}
            return {**texts, "decimals": place.option("decimals")}
        return bounds

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        low, high = place.option("min"), place.option("max")
        if low is not None and high is not None and low > high:
            yield _("The least is more than the most.")

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(number=float(value))
