"""A word about a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000


class DecisionForm(forms.Form):
    """Whoever refuses says why."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever refuses says why."),
    )
    verdict = forms.ChoiceField(choices=[("yes", _("Approve")), ("no", _("Refuse"))])

    def clean(self) -> dict[str, str]:
        cleaned: dict[str, str] = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == "no" and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say why you refuse."))
        return cleaned
