"""A section of a record type's form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.forms.labels import LabelsField, merged
from crm_config.models import Section


class SectionForm(forms.Form):
    def __init__(
        self, *args: Any, languages: Sequence[str], section: Section | None = None, **kwargs: Any
    ) -> None:
        self.languages, self.section = languages, section
        kwargs.setdefault("initial", {"labels": section.labels} if section else {})
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)

    @property
    def labels(self) -> dict[str, str]:
        before = self.section.labels if self.section else {}
        return merged(before, self.cleaned_data["labels"], self.languages)
