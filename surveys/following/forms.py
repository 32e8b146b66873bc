"""What somebody says about a follow-up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 5000


class OutcomeForm(forms.Form):
    """A note on the way, or the outcome with which it is closed."""

    words = forms.CharField(
        label=_("What was learned or done"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what came of it.")},
        help_text=_("Whoever closes it says what came of it."),
    )
    go = forms.ChoiceField(choices=[("note", _("Note it")), ("close", _("Close it"))])
