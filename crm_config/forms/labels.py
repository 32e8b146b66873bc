"""A text per language: the first language open, the others folded."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.words.plain import language

LONGEST = 2000


class LabelsWidget(forms.Widget):
    """One input per language, named `{name}_{code}`."""

    template_name = "crm_config/widgets/labels.html"

    def __init__(self, languages: Sequence[str], *, rows: int = 0, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.languages = list(languages)
        self.rows = rows

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.languages[0]}" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {code: data.get(f"{name}_{code}", "").strip() for code in self.languages}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{code}" not in data for code in self.languages)

    def format_value(self, value: Any) -> dict[str, str]:
        return dict(value or {})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts = self.format_value(value)
        parts = [
            {
                "code": code,
                "language": language(code),
                "name": f"{name}_{code}",
                "id": f"{context['widget']['attrs'].get('id') or f'id_{name}'}_{code}",
                "text": texts.get(code, ""),
            }
            for code in self.languages
        ]
        others = parts[1:]
        context["widget"].update(
            first=parts[0],
            others=others,
            filled=sum(bool(part["text"]) for part in others),
            rows=self.rows,
            described_by=context["widget"]["attrs"].get("aria-describedby", ""),
        )
        return context


class LabelsField(forms.Field):
    """Its value is a map from language code to text, without the empty ones."""

    def __init__(
        self, *, languages: Sequence[str], rows: int = 0, max_length: int = LONGEST, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", LabelsWidget(languages, rows=rows))
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Mapping[str, str] | None) -> dict[str, str]:
        return {code: text for code, text in (value or {}).items() if text}

    def validate(self, value: Mapping[str, str]) -> None:
        if self.required and not value:
            raise ValidationError(_("Give it a name."), code="required")
        if any(len(text) > self.max_length for text in value.values()):
            raise ValidationError(
                _("Write at most %(limit)s characters."),
                code="max_length",
                params={"limit": self.max_length},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


def merged(
    before: Mapping[str, str] | None, after: Mapping[str, str], languages: Sequence[str]
) -> dict[str, str]:
    """What was typed, with the texts in languages that the form did not ask for."""
    kept = {code: text for code, text in (before or {}).items() if code not in languages}
    return {**kept, **after}
