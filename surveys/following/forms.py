"""What somebody says about a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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

    def __init__(self, *args: Any, ends: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """`ends`: how what was made for it may end, by stage."""
        super().__init__(*args, **kwargs)
        if ends:
            self.fields["stage"] = forms.ChoiceField(
                label=_("What was made for it ends as"),
                choices=ends if len(ends) == 1 else [("", "---------"), *ends],
                required=False,
                help_text=_("Asked where it is closed."),
            )
