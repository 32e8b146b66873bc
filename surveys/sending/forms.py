"""What is asked before people are: which survey, when, how fast, and why the budget is passed over."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definitions import SurveyDef
from surveys.models import OpenLink


class PlanForm(forms.Form):
    def __init__(self, *args: Any, surveys: Sequence[SurveyDef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey"] = forms.ChoiceField(
            label=_("Survey"), choices=[(s.key, s.label) for s in surveys]
        )
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            required=False,
            max_length=200,
            help_text=_("How you find it again; without one, that of the survey."),
        )
        self.fields["per_hour"] = forms.IntegerField(
            label=_("Mails an hour"),
            required=False,
            min_value=0,
            max_value=100_000,
            help_text=_("Left empty: as the survey says it. 0: as fast as they go."),
        )
        self.fields["starts_at"] = forms.SplitDateTimeField(
            label=_("Begins"),
            required=False,
            help_text=_("Left empty: at once."),
            widget=forms.SplitDateTimeWidget(
                date_attrs={"type": "date"}, time_attrs={"type": "time"}, date_format="%Y-%m-%d"
            ),
        )


class AskForm(forms.Form):
    def __init__(
        self, *args: Any, surveys: Sequence[SurveyDef], passes_over: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey"] = forms.ChoiceField(
            label=_("Survey"), choices=[(s.key, s.label) for s in surveys]
        )
        # The same form sent twice asks once.
        self.fields["mark"] = forms.CharField(
            widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex, max_length=32
        )
        if passes_over:
            self.fields["override"] = forms.CharField(
                label=_("Why the contact budget is passed over"), required=False, max_length=300
            )


class LinkForm(forms.ModelForm):
    class Meta:
        model = OpenLink
        fields = ("name", "kind")
        help_texts = {"name": _("Where it is used, such as “Receipt” or “Trade fair”.")}
