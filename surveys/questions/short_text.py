"""A line of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.field_types import registry
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import AnswerRow, QuestionKind, said


class ShortTextQuestion(QuestionKind):
    key = "short_text"
    label = _("Short text")
    description = _("A line in one's own words.")
    icon = "edit"
    measure = "text"
    field_type = "text"
    option_specs = (
        OptionSpec("min_length", "integer", _("Shortest"), minimum=0, maximum=500),
        OptionSpec("max_length", "integer", _("Longest"), minimum=1, maximum=500),
        OptionSpec("regex", "text", _("Pattern")),
        OptionSpec("regex_message", "labels", _("Told when it does not fit")),
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return said(place, "min_length", "max_length", "regex", "regex_message")

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return registry.get("text").check_options(self.field_options(place))

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(text=value)
