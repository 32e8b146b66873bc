"""A rule of the contact budget, as it is asked in the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.compiler import Draft
from crm_config.forms.labels import LabelsField, merged
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from records.contact.checks import wrong_rule
from records.contact.definitions import COUNTED
from records.models import BudgetRule

NAMES = ("labels", "most", "days", "kinds", "segment", "survey", "roles", "retired")


class RuleForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        draft: Draft,
        languages: Sequence[str],
        rule: BudgetRule | None = None,
        **kwargs: Any,
    ) -> None:
        self.rule, self.draft, self.languages = rule, draft, languages
        if rule is not None:
            kwargs["initial"] = {name: getattr(rule, name) for name in NAMES}
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        self.fields["most"] = forms.IntegerField(
            label=_("At most"), min_value=1, max_value=1000, initial=1
        )
        self.fields["days"] = forms.IntegerField(
            label=_("In how many days"), min_value=1, max_value=3660, initial=30
        )
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=_("What counts"),
            choices=list(COUNTED.items()),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Transactional mail, such as a receipt, is free."),
        )
        self.fields["segment"] = forms.ChoiceField(
            label=_("Only for who is in"),
            required=False,
            choices=[("", _("everybody")), *self._named("segments")],
        )
        self.fields["survey"] = forms.ChoiceField(
            label=_("Only messages of the survey"),
            required=False,
            choices=[("", _("any")), *self._named("surveys")],
        )
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("Who may pass it over, with a reason"),
            required=False,
            choices=self._named("roles"),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Besides those who administer."),
        )
        if rule is not None:
            self.fields["retired"] = forms.BooleanField(label=_("Archived"), required=False)

    def _named(self, section: str) -> list[tuple[str, str]]:
        return [
            (raw["key"], labels.text(raw.get("labels"), default=raw["key"]))
            for raw in self.draft.payload.get(section) or []
            if not raw.get("retired")
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for message in wrong_rule(self.raw, self.draft):
                self.add_error(None, message)
        return cleaned

    @property
    def raw(self) -> Mapping[str, Any]:
        """As a payload says it."""
        cleaned, row = self.cleaned_data, self.rule
        taken = set(BudgetRule.objects.values_list("key", flat=True))
        name = label_here(cleaned["labels"])
        return {
            "key": row.key if row else propose_key(name, taken=taken, fallback="rule"),
            "labels": merged(row.labels if row else {}, cleaned["labels"], self.languages),
            "retired": cleaned.get("retired", False),
            **{n: cleaned[n] for n in ("most", "days", "kinds", "segment", "survey", "roles")},
        }
