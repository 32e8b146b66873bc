"""A new survey: what it is called and about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from forms_builder.studio.forms.layout import StepForm
from forms_builder.studio.forms.new import NewForm


class NewSurveyForm(NewForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["labels"].help_text = _(
            "It stands on top of the survey: whoever answers reads it."
        )
        if "type" in self.fields:
            self.fields["type"].help_text = _(
                "The records that it asks about, as requests or persons."
            )
        for name in self.fields.keys() - {"labels", "key", "type"}:
            del self.fields[name]


class PageForm(StepForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["labels"].help_text = _("It stands beside “Page 2 of 3”.")
