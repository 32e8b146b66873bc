"""With whom a record is to be shared, what they may do, and until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.access import Access
from records.forms.people import People
from records.models import RecordShare
from records.widgets.choosers import SearchableSelect

USER, TEAM = "user", "team"


class ShareForm(forms.Form):
    holder = forms.ChoiceField(label=_("Share with"), widget=SearchableSelect())
    level = forms.ChoiceField(
        label=_("They may"), choices=RecordShare.Level.choices, widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("The last day. Empty: until you take it back."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)
    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        access: Access,
        may_change: bool,
        holder: str = "",
        level: str = "",
    ) -> None:
        wanted = level if level in RecordShare.Level.values else RecordShare.Level.VIEW
        super().__init__(data, initial={"holder": holder, "level": wanted})
        self.access = access
        people = People(access)
        users = [(f"{USER}:{pk}", name) for pk, name in people.users if pk != access.user_id]
        teams = [(f"{TEAM}:{pk}", name) for pk, name in people.teams]
        groups = [(_("People"), users), (_("Teams"), teams)]
        self.fields["holder"].choices = [("", "---------"), *groups]  # type: ignore[attr-defined]
        if not may_change:
            self.fields["level"].choices = RecordShare.Level.choices[:1]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As the gate takes them."""
        kind, _colon, pk = self.cleaned_data["holder"].partition(":")
        day = self.cleaned_data["until"]
        end = datetime.combine(day + timedelta(days=1), time(), self.access.tz) if day else None
        return {
            kind: int(pk),
            "level": self.cleaned_data["level"],
            "until": end,
            "note": self.cleaned_data["note"],
        }
