"""Some lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import AnswerRow, QuestionKind, said


class LongTextQuestion(QuestionKind):
    key = "long_text"
    label = _("Long text")
    description = _("Some lines in one's own words.")
    icon = "pilcrow"
    measure = "text"
    field_type = "long_text"
    option_specs = (
        OptionSpec(
            "max_length", "integer", _("Longest"), _("Characters."), 5000, minimum=1, maximum=20_000
        ),
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return {"max_length": 5000, **said(place, "max_length")}

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(text=value)
