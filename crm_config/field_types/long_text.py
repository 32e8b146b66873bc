"""Text of many lines, without formatting."""

import random
from typing import Any

from django import forms
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, OptionSpec
from crm_config.field_types.support import samples
from crm_config.field_types.support.texts import as_text, clean_lines, refuse_longer
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 100_000


class LongTextType(FieldType):
    key = "long_text"
    label = _("Long text")
    description = _("Several lines: a description, a note.")
    example = "Met at the fair.\nWants a quote by Friday."
    group = "text"
    icon = "pilcrow"
    storage = "long_data"
    can_sort = False
    can_search = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "max_length",
            "integer",
            _("Longest"),
            _("Characters."),
            20_000,
            minimum=1,
            maximum=MAX_LENGTH,
        ),
    )

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str | None:
        text = clean_lines(as_text(raw))
        refuse_longer(text, self.option(field, "max_length"))
        return text or None

    def render(self, field: FieldDef, value: str, names: Names) -> SafeString:
        return SafeString(linebreaks(value, autoescape=True))

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.option(field, "max_length")}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("max_length", self.option(field, "max_length"))
        kwargs.setdefault("widget", AdminAutoHeightTextInput)
        return with_placeholder(field, _ManyLines(**kwargs))

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        longest = self.option(field, "max_length")
        lines = [samples.line(rng, 1, 60) for _line in range(rng.randint(1, 5))]
        return clean_lines(rng.choice(("\n", "\n\n", "\n\t")).join(lines)[:longest]) or "x"


class _ManyLines(forms.CharField):
    """Counts a line break as one character, as the stored text does, though browsers send two."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text
