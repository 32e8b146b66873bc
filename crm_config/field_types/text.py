"""One line of text."""

import random
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, OptionSpec, ValueRefused
from crm_config.field_types.support import samples
from crm_config.field_types.support.texts import as_text, clean_text, refuse_longer
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 500


class TextType(FieldType):
    key = "text"
    label = _("Text")
    description = _("One line: a name, a subject, a code.")
    example = "Aegean Optics"
    group = "text"
    can_be_unique = True
    can_search = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "max_length",
            "integer",
            _("Longest"),
            _("Characters."),
            MAX_LENGTH,
            minimum=1,
            maximum=MAX_LENGTH,
        ),
        OptionSpec(
            "min_length",
            "integer",
            _("Shortest"),
            _("Characters."),
            0,
            minimum=0,
            maximum=MAX_LENGTH,
        ),
        OptionSpec(
            "regex",
            "text",
            _("Pattern"),
            _("A regular expression that the whole text must match."),
            "",
        ),
        OptionSpec(
            "regex_message", "labels", _("Message"), _("Shown when the pattern is not met.")
        ),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        try:
            re.compile(options.get("regex") or "")
        except re.error as error:
            yield gettext("The pattern is not a regular expression: %(error)s.") % {"error": error}
        if (options.get("min_length") or 0) > (options.get("max_length") or MAX_LENGTH):
            yield gettext("The shortest length is greater than the longest.")

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str | None:
        text = clean_text(as_text(raw))
        if not text:
            return None
        refuse_longer(text, self.option(field, "max_length"))
        self._refuse_shorter(field, text)
        self._refuse_other_pattern(field, text)
        return text

    def _refuse_shorter(self, field: FieldDef, text: str) -> None:
        shortest = self.option(field, "min_length")
        if len(text) < shortest:
            raise ValueRefused(
                "too_short",
                gettext("Enter at least %(shortest)s characters.") % {"shortest": shortest},
            )

    def _refuse_other_pattern(self, field: FieldDef, text: str) -> None:
        pattern = self.option(field, "regex")
        if pattern and not re.fullmatch(pattern, text):
            fallback = gettext("Write it in the form that this field asks for: %(pattern)s.")
            message = labels.text(self.option(field, "regex_message"))
            raise ValueRefused("pattern", message or fallback % {"pattern": pattern})

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {
            "type": "string",
            "minLength": max(1, self.option(field, "min_length")),
            "maxLength": self.option(field, "max_length"),
        }

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("max_length", self.option(field, "max_length"))
        return with_placeholder(field, forms.CharField(**kwargs))

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        """Raises `ValueError` where no text at hand meets the field's pattern."""
        bounds = self.option(field, "min_length"), self.option(field, "max_length")
        pattern = self.option(field, "regex")
        for _attempt in range(1000 if pattern else 1):
            drawn = samples.line(rng, *bounds)
            if not pattern or re.fullmatch(pattern, drawn):
                return drawn
        raise ValueError(f"No random text meets the pattern {pattern!r}.")
