"""As whom to look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.models import Role, User
from records.looking import may_look_as
from records.widgets.choosers import SearchableSelect


class LookForm(forms.Form):
    who = forms.ChoiceField(label=_("Look as"), widget=SearchableSelect())
    use_required_attribute = False

    def __init__(self, data: Any = None, *, real: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        users = [u for u in User.objects.filter(is_active=True) if may_look_as(real, u)]
        people = sorted(((f"user:{u.pk}", str(u)) for u in users if u != real), key=lambda c: c[1])
        roles = [(f"role:{r.key}", str(r.label)) for r in Role.objects.order_by("key")]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            (_("A person"), people),
            (_("A role, and nothing else"), roles),
        ]

    def target(self) -> dict[str, Any]:
        """As `looking.start` takes it."""
        kind, _colon, key = self.cleaned_data["who"].partition(":")
        if kind == "user":
            return {"user": User.objects.get(pk=key)}
        return {"role": Role.objects.get(key=key)}
