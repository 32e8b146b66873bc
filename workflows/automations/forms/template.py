"""The studio's form of a mail template."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from crm_config.forms.labels import LabelsField, merged
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from workflows.automations.merging import unknown_fields
from workflows.models import MailTemplate

LONGEST_SUBJECT, LONGEST_BODY = 200, 20_000
TEXTS = ("labels", "subject", "body")


class TemplateForm(forms.Form):
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        record_type: TypeDef,
        row: MailTemplate | None,
        taken: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        self.languages, self.record_type, self.row, self.taken = languages, record_type, row, taken
        known = {name: getattr(row, name) for name in TEXTS} if row else {}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=_("Name"), languages=languages, max_length=100,
            help_text=_("For those who choose it in an automation."),
        )  # fmt: skip
        self.fields["subject"] = LabelsField(
            label=_("Subject"), languages=languages, max_length=LONGEST_SUBJECT
        )
        self.fields["body"] = LabelsField(
            label=_("Text"), languages=languages, rows=12, max_length=LONGEST_BODY
        )

    def clean_subject(self) -> dict[str, str]:
        return self._known_fields("subject")

    def clean_body(self) -> dict[str, str]:
        return self._known_fields("body")

    def _known_fields(self, name: str) -> dict[str, str]:
        given: dict[str, str] = self.cleaned_data[name]
        if strange := list(dict.fromkeys(unknown_fields(given.values(), self.record_type))):
            said = _("There is no such field: %(keys)s.") % {"keys": ", ".join(strange)}
            raise ValidationError(said, code="unknown_field")
        return given

    @property
    def key(self) -> str:
        if self.row is not None:
            return str(self.row.key)
        name = label_here(self.cleaned_data["labels"])
        return propose_key(name, taken=self.taken, fallback="template")

    @property
    def values(self) -> dict[str, Mapping[str, str]]:
        return {
            name: merged(
                getattr(self.row, name) if self.row else {}, self.cleaned_data[name], self.languages
            )
            for name in TEXTS
        }


class PreviewForm(forms.Form):
    """On which record, in which language."""

    record = forms.TypedChoiceField(label=gettext_lazy("Record"), coerce=int)
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(
        self,
        data: Any,
        *,
        records: Sequence[tuple[int, str]],
        languages: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        choices: Mapping[str, Any] = {"record": records, "language": languages}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
