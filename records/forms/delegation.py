"""Who stands in for whom, from when until when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.models import User
from records.access import Access
from records.forms.people import People
from records.widgets.choosers import SearchableSelect


class DelegationForm(forms.Form):
    of = forms.TypedChoiceField(label=_("Who is away"), coerce=int, widget=SearchableSelect())
    to = forms.TypedChoiceField(
        label=_("Who stands in"),
        coerce=int,
        widget=SearchableSelect(),
        help_text=_("They see and do, besides their own, what you could, as you would."),
    )
    since = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput({"type": "date"}), help_text=_("The last day.")
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, access: Access, administers: bool) -> None:
        today = timezone.now().astimezone(access.tz).date()
        super().__init__(data, initial={"since": today, "of": access.user_id})
        self.access = access
        users = People(access).users
        self.fields["of"].choices = users  # type: ignore[attr-defined]
        if not administers:
            del self.fields["of"]
        others = [each for each in users if administers or each[0] != access.user_id]
        self.fields["to"].choices = [("", "---------"), *others]  # type: ignore[attr-defined]

    def people(self) -> tuple[User, User]:
        """The absent one and the one who stands in."""
        found = self.cleaned_data
        of = found.get("of") or self.access.user_id
        users = User.objects.in_bulk([of, found["to"]])
        return users[of], users[found["to"]]

    def span(self) -> tuple[datetime, datetime]:
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return self._start(since), self._start(until + timedelta(days=1))

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.access.tz)
