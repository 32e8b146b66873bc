"""As whom to look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.models import Role, User
from records.looking import draft_can_be_looked_at, may_look_as, may_look_at_draft
from records.widgets.choosers import SearchableSelect


class LookForm(forms.Form):
    who = forms.ChoiceField(label=_("Look as"), widget=SearchableSelect())
    draft = forms.BooleanField(
        label=_("With the unpublished changes"),
        help_text=_("As it will be for them once the draft is published."),
        required=False,
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, real: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        if not may_look_at_draft(real):
            del self.fields["draft"]
        users = [u for u in User.objects.filter(is_active=True) if may_look_as(real, u)]
        people = sorted(((f"user:{u.pk}", str(u)) for u in users if u != real), key=lambda c: c[1])
        roles = [(f"role:{r.key}", str(r.label)) for r in Role.in_use.order_by("key")]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            (_("A person"), people),
            (_("A role, and nothing else"), roles),
        ]

    def clean_draft(self) -> bool:
        wanted: bool = self.cleaned_data["draft"]
        if wanted and not draft_can_be_looked_at():
            raise forms.ValidationError(
                _("The draft cannot be published as it stands: mend what its review names first.")
            )
        return wanted

    def target(self) -> dict[str, Any]:
        """As `looking.start` takes it."""
        kind, _colon, key = self.cleaned_data["who"].partition(":")
        draft = {"draft": self.cleaned_data.get("draft", False)}
        if kind == "user":
            return {"user": User.objects.get(pk=key), **draft}
        return {"role": Role.in_use.get(key=key), **draft}
