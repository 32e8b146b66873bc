"""A file that somebody sends along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from surveys.questions.base import AnswerRow, QuestionKind, said


class FileQuestion(QuestionKind):
    """Its value is the file's id; the response says its name."""

    key = "file"
    label = _("File")
    description = _("A picture or a document, sent along.")
    icon = "doc-full-inverse"
    field_type = "file"
    option_specs = (
        OptionSpec("max_size", "integer", _("Largest size"), _("Megabytes."), minimum=1, maximum=9),
        OptionSpec("types", "list", _("Kinds"), _("Endings of names, such as pdf and docx.")),
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return {"max_size": 9, **said(place, "max_size", "types")}

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(number=1.0)
