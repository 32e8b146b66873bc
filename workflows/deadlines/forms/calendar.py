"""A business calendar: the hours of each weekday, and the days that do not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries as country_names

from crm_config.forms.labels import LabelsField, merged
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from workflows.deadlines.checks import wrong_calendar
from workflows.deadlines.definitions import WEEK
from workflows.deadlines.holiday_dates import countries
from workflows.models import BusinessCalendar

HOURS = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")


class HoursField(forms.CharField):
    """`09:00-12:30, 13:00-17:00`; cleans to pairs of texts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"placeholder": "09:00-17:00"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        pairs = []
        for text in filter(None, (part.strip() for part in str(value or "").split(","))):
            found = HOURS.match(text)
            if found is None or not _is_clock(found):
                message = _("Write hours such as 09:00-12:30, 13:00-17:00.")
                raise ValidationError(message, code="hours")
            a, b, c, d = map(int, found.groups())
            pairs.append([f"{a:02}:{b:02}", f"{c:02}:{d:02}"])
        return pairs

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join("-".join(pair) for pair in value)
        return value


def _is_clock(found: re.Match[str]) -> bool:
    a, b, c, d = map(int, found.groups())
    return all((h < 24 and m < 60) or (h, m) == (24, 0) for h, m in ((a, b), (c, d)))


class CalendarForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        calendar: BusinessCalendar | None = None,
        **kwargs: Any,
    ) -> None:
        self.calendar, self.languages = calendar, languages
        if calendar is not None:
            kwargs["initial"] = {
                "labels": calendar.labels,
                "time_zone": calendar.time_zone,
                "country": calendar.country,
                "subdivision": calendar.subdivision,
                "days": "\n".join(day["date"] for day in calendar.days),
                "retired": calendar.retired,
                **{day: calendar.hours.get(day, []) for day in WEEK},
            }
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=gettext_lazy("Name"), languages=languages, max_length=100
        )
        for day, label in WEEK.items():
            self.fields[day] = HoursField(label=label)
        self.fields["mon"].help_text = gettext_lazy("Such as 09:00-12:30, 13:00-17:00.")
        self.fields["time_zone"] = forms.ChoiceField(
            label=gettext_lazy("Time zone"),
            required=False,
            choices=[("", gettext_lazy("the company's"))]
            + [(name, name.replace("_", " ")) for name in sorted(available_timezones())],
        )
        self.fields["country"] = forms.ChoiceField(
            label=gettext_lazy("Public holidays of"),
            required=False,
            choices=[("", gettext_lazy("no country")), *_countries()],
        )
        self.fields["subdivision"] = forms.CharField(
            label=gettext_lazy("Part of the country"),
            required=False,
            max_length=10,
            help_text=gettext_lazy("Its code, such as BY for Bavaria, where holidays differ."),
        )
        self.fields["days"] = forms.CharField(
            label=gettext_lazy("Own days without hours"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("One on each line, such as 2026-12-24."),
        )
        if calendar is not None:
            self.fields["retired"] = forms.BooleanField(
                label=gettext_lazy("Archived"), required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for message in wrong_calendar(self.raw):
                self.add_error(None, message)
        return cleaned

    @property
    def raw(self) -> dict[str, Any]:
        """As a payload says it."""
        cleaned, row = self.cleaned_data, self.calendar
        taken = set(BusinessCalendar.objects.values_list("key", flat=True))
        name = label_here(cleaned["labels"])
        texts = {day["date"]: day for day in row.days} if row else {}
        days = [line.strip() for line in cleaned["days"].splitlines() if line.strip()]
        return {
            "key": row.key if row else propose_key(name, taken=taken, fallback="calendar"),
            "labels": merged(row.labels if row else {}, cleaned["labels"], self.languages),
            "hours": {day: cleaned[day] for day in WEEK if cleaned[day]},
            "time_zone": cleaned["time_zone"],
            "country": cleaned["country"],
            "subdivision": cleaned["subdivision"].strip().upper(),
            "days": [texts.get(day, {"date": day}) for day in sorted(set(days))],
            "retired": cleaned.get("retired", False),
        }


def _countries() -> list[tuple[str, str]]:
    """Those whose holidays are known, by name."""
    known = countries()
    return [(code, name) for code, name in country_names if code in known]
