"""A day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.field_types import registry
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import AnswerRow, QuestionKind, said


class DateQuestion(QuestionKind):
    key = "date"
    label = _("Date")
    description = _("A day.")
    icon = "date"
    measure = "text"
    field_type = "date"
    option_specs = (
        OptionSpec("min", "text", _("Earliest"), _("A date such as 2026-01-31, or “today”.")),
        OptionSpec("max", "text", _("Latest"), _("A date such as 2026-01-31, or “today”.")),
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return said(place, "min", "max")

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return registry.get("date").check_options(self.field_options(place))

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(text=value.isoformat())
