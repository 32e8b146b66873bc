"""What is asked when something is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from records.forms.fields import IN_DIALOGS
from workflows.todo.closing import NextStep
from workflows.todo.origins import Origin

LONGEST = 5000


class NextStepForm(forms.Form):
    """Empty: there is none."""

    next_subject = forms.CharField(label=_("Next step"), max_length=200, required=False)

    def __init__(self, *args: Any, types: Sequence[TypeDef], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = {t.key: t for t in types}
        self.fields["next_type"] = forms.ChoiceField(
            label=_("Which is a"),
            choices=[(t.key, t.label) for t in types],
            initial=kind if kind in self.types else None,
            required=False,
        )
        self.fields["next_due"] = forms.DateTimeField(
            label=_("Until"), required=False, widget=IN_DIALOGS["datetime"]()
        )

    def step(self) -> NextStep | None:
        subject = str(self.cleaned_data["next_subject"]).strip()
        record_type = self.types.get(self.cleaned_data["next_type"])
        if not subject or record_type is None:
            return None
        due: datetime | None = self.cleaned_data["next_due"]
        return NextStep(record_type, subject, due)


class OriginForm(forms.Form):
    """What its origin asks, where it asks something; it may be said later."""

    def __init__(self, *args: Any, origin: Origin | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if origin is not None and origin.asks:
            self.fields["origin_words"] = forms.CharField(
                label=origin.asks,
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    def words(self) -> str:
        return str(self.cleaned_data.get("origin_words", "")).strip()
