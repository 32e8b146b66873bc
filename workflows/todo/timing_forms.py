"""How often something comes again, when one is reminded, and what one is told each morning."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminTimeInput

from records.forms.fields import IN_DIALOGS
from workflows.models import TodoSettings
from workflows.todo.reminding import LENGTHS
from workflows.todo.rules import Rule, following

MOST = 99


class RepeatForm(forms.Form):
    """`first` is the day on which this one stands: the rule begins there."""

    every = forms.ChoiceField(
        label=gettext_lazy("It comes again"),
        choices=[
            ("", gettext_lazy("not any more")),
            ("day", gettext_lazy("by days")),
            ("weekday", gettext_lazy("from Monday to Friday")),
            ("week", gettext_lazy("by weeks")),
            ("month", gettext_lazy("by months")),
            ("year", gettext_lazy("by years")),
        ],
        required=False,
    )
    interval = forms.IntegerField(
        label=gettext_lazy("Every"),
        min_value=1,
        max_value=MOST,
        initial=1,
        required=False,
        help_text=gettext_lazy("2 is every second day, week, month or year."),
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Of a week, on"),
        choices=[(str(n), name) for n, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Of a month or a year, on"),
        choices=[
            ("date", gettext_lazy("the same date")),
            ("weekday", gettext_lazy("the same weekday")),
            ("last", gettext_lazy("its last day")),
        ],
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=IN_DIALOGS["date"](),
        help_text=gettext_lazy("The last day on which it may be. Empty: without an end."),
    )  # fmt: skip
    left = forms.IntegerField(
        label=gettext_lazy("Or so many more times"), min_value=1, max_value=999, required=False
    )

    def __init__(self, *args: Any, first: date, rule: Rule | None, **kwargs: Any) -> None:
        self.first = first
        known: dict[str, Any] = {"days": [str(first.weekday())]}
        if rule is not None:
            known = {**rule.json(), "days": [str(n) for n in rule.days], "until": rule.until}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("until") and cleaned.get("left"):
            self.add_error("left", _("Say one of the two: until a day, or how many times."))
        elif not self.errors and (rule := self.rule()) is not None:
            begin = datetime.combine(self.first, time())
            if following(rule, begin, after=self.first) is None:
                self.add_error("until", _("It would not come again before that day."))
        return cleaned

    def rule(self) -> Rule | None:
        given = self.cleaned_data
        if not given["every"]:
            return None
        return Rule.at(
            self.first,
            every=given["every"],
            interval=given.get("interval") or 1,
            days=tuple(int(n) for n in given["days"]) if given["every"] == "week" else (),
            by=given.get("by") or "date",
            until=given.get("until"),
            left=given.get("left"),
        )


class RemindForm(forms.Form):
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Remind me"),
        choices=[("", gettext_lazy("Not at all")), *LENGTHS],
        coerce=int,
        empty_value=None,
        required=False,
    )


class SettingsForm(forms.ModelForm):
    remind = forms.TypedChoiceField(
        label=gettext_lazy("Remind me of new activities of mine"),
        choices=[("", gettext_lazy("Not at all")), *LENGTHS],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = TodoSettings
        fields = ("digest", "digest_at", "remind", "mail")
        widgets = {"digest_at": AdminTimeInput()}
        labels = {
            "digest": gettext_lazy("Send me my day by mail each morning"),
            "digest_at": gettext_lazy("From"),
            "mail": gettext_lazy("Send reminders by mail too"),
        }
