"""What is asked to plan many activities at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from crm_config.definitions import TypeDef
from crm_config.models import User
from records.access import Access
from workflows.todo.planning import Plan

LONGEST = timedelta(days=366)
OWNER = "owner"


class PlanForm(forms.Form):
    what = forms.CharField(
        label=gettext_lazy("What"), max_length=100,
        help_text=gettext_lazy("Each is called so, with the name of the record after it."),
    )  # fmt: skip
    first = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput())
    last = forms.DateField(label=gettext_lazy("Until"), widget=AdminDateInput())
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On"),
        choices=[(str(n), name) for n, name in WEEKDAYS_ABBR.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    per_day = forms.IntegerField(
        label=gettext_lazy("So many a day for each"), min_value=1, max_value=50
    )
    at = forms.TimeField(label=gettext_lazy("The first at"), widget=AdminTimeInput())
    gap = forms.IntegerField(
        label=gettext_lazy("Minutes from one to the next"), min_value=5, max_value=24 * 60
    )

    def __init__(
        self, data: Any, *, types: Sequence[TypeDef], people: Sequence[User], access: Access
    ) -> None:
        self.types = {t.key: t for t in types}
        today = access.now.astimezone(access.tz).date()
        monday = today + timedelta(days=7 - today.weekday())
        initial = {"what": types[0].label, "first": monday, "last": monday + timedelta(days=4),
                   "weekdays": ["0", "1", "2", "3", "4"], "per_day": 4, "at": "09:00", "gap": 60,
                   "type": types[0].key, "who": [str(access.user_id)]}  # fmt: skip
        super().__init__(data, initial=initial)
        kinds = forms.ChoiceField(label=_("Kind"), choices=[(t.key, t.label) for t in types])
        mine = [(str(access.user_id), _("Me"))]
        who = forms.MultipleChoiceField(
            label=_("Who, in turn"),
            choices=[
                *mine,
                *((str(user.pk), str(user)) for user in people),
                (OWNER, _("Whoever has the record")),
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields = {"type": kinds, "what": self.fields.pop("what"), "who": who, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last", _("Choose a day after the first, within a year."))
        if OWNER in cleaned.get("who", ()) and len(cleaned["who"]) > 1:
            self.add_error("who", _("Either whoever has the record, or certain people in turn."))
        return cleaned

    def plan(self) -> Plan:
        given = self.cleaned_data
        who = given["who"]
        return Plan(
            type=self.types[given["type"]],
            what=given["what"].strip(),
            people=None if OWNER in who else tuple(int(pk) for pk in who),
            first=given["first"],
            last=given["last"],
            weekdays=frozenset(int(n) for n in given["weekdays"]),
            per_day=given["per_day"],
            at=given["at"],
            gap=given["gap"],
        )
