"""How people are asked: whom, in which words, on which ground, and how often."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import is_key
from forms_builder.public.filling import is_question
from forms_builder.studio.forms.parts import named, one_of, said, with_known
from surveys.definitions import SurveyDef
from surveys.models import Survey
from surveys.piping import person_type

BASES = [
    ("consent", _("They agreed")),
    ("interest", _("Our legitimate interest")),
    ("contract", _("It belongs to the contract")),
]
ONCE = [
    ("person", _("Each person once")),
    ("record", _("Once for each record")),
    ("occasion", _("Once for each occasion, as each time a request is closed")),
]
MERGE = _(
    "With {{ survey }}, {{ company }}, {{ link }} and fields of the record by their keys, as {{ name }}. "
    "Empty: a usual text."
)
NUMBERS = {
    "expires_days": (_("Good for so many days"), 1, 730),
    "per_hour": (_("Mails within an hour, at most"), 0, 1_000_000),
    "gap_days": (_("Days until the same person is asked this again"), 0, 730),
}
TEXTS = ("subject", "body")
GROUPS: Sequence[tuple[str, Any, tuple[str, ...]]] = (
    ("whom", _("Who is asked"), ("recipient", "email", "once", "gap_days")),
    ("mail", _("The mail"), ("subject", "body", "first_question")),
    ("time", _("When"), ("reminders", "expires_days", "per_hour")),
    ("ground", _("On which ground"), ("basis", "purpose", "transactional")),
)


class SendingForm(forms.Form):
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        row: Survey,
        survey: SurveyDef,
        snapshot: Snapshot,
        languages: Sequence[str],
        **kwargs: Any,
    ) -> None:
        self.row, self.survey, self.snapshot, self.languages = row, survey, snapshot, languages
        held = row.sending
        days = ", ".join(map(str, held.get("reminders", ())))
        kwargs["initial"] = {**held, "reminders": days}
        super().__init__(*args, **kwargs)
        self._whom()
        self._mail()
        for name, (label, least, most) in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=most, required=False
            )
        self._ground()

    def _whom(self) -> None:
        held, own = self.row.sending, self.snapshot.types.get(self.survey.type)
        links = [f for f in own.active if f.type.storage == "links"] if own else []
        person = person_type(self.survey, self.snapshot)
        mails = [f for f in person.active if f.type.key == "email"] if person else []
        self.fields["recipient"] = one_of(
            _("The person is linked by"),
            with_known(named(links), held.get("recipient")),
            _("Empty: the record itself is who answers."),
        )
        self.fields["email"] = one_of(
            _("The address stands in"),
            with_known(named(mails), held.get("email")),
            _("Empty: the first e-mail address of the person."),
        )
        self.fields["once"] = one_of(_("How often"), ONCE)

    def _mail(self) -> None:
        texts: dict[str, Any] = {"languages": self.languages, "required": False}
        self.fields["subject"] = LabelsField(label=_("Subject"), max_length=200, **texts)
        self.fields["body"] = LabelsField(
            label=_("Text"), rows=6, max_length=5000, help_text=MERGE, **texts
        )
        questions = [
            (item.key, name)
            for page in self.survey.steps
            for item in page.items
            if is_question(item) and (name := self._name(item.key))
        ]
        self.fields["first_question"] = one_of(
            _("Asked in the mail already"),
            with_known(questions, self.row.sending.get("first_question")),
            _("Its answers are links: following one chooses the answer, and sends nothing."),
        )
        self.fields["reminders"] = forms.CharField(
            label=_("Reminded after so many days"),
            required=False,
            max_length=60,
            help_text=_("Numbers with commas: 3, 7. Only who has not answered."),
        )

    def _name(self, key: str) -> str:
        return labels.text(self.survey.questions[key].labels, default=key)

    def _ground(self) -> None:
        self.fields["basis"] = one_of(_("Legal basis"), BASES)
        self.fields["purpose"] = forms.CharField(
            label=_("Purpose"),
            required=False,
            max_length=50,
            help_text=_("The key of what people agree to or unsubscribe from, as “surveys”."),
        )
        self.fields["transactional"] = forms.BooleanField(
            label=_("It is part of what they ordered"),
            required=False,
            help_text=_("It then takes nothing from the contact budget."),
        )

    @property
    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        return [(key, heading, [self[name] for name in names]) for key, heading, names in GROUPS]

    def clean_reminders(self) -> list[int]:
        found = [part for part in re.split(r"[,;\s]+", self.cleaned_data["reminders"]) if part]
        if not all(
            part.isascii() and part.isdigit() and 0 < int(part[:5]) <= 730 for part in found
        ):
            raise ValidationError(_("Days are numbers from 1 to 730."), code="days")
        if len(found) > 10:
            raise ValidationError(_("At most ten reminders."), code="many")
        return sorted({int(part) for part in found})

    def clean_purpose(self) -> str:
        key = str(self.cleaned_data["purpose"]).strip()
        if key and not is_key(key):
            message = _("Use small letters, digits and single underscores, starting with a letter.")
            raise ValidationError(message, code="key")
        return key

    @property
    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        found = {**self.row.sending, **cleaned}
        for name in TEXTS:
            found[name] = merged(self.row.sending.get(name), cleaned[name], self.languages)
        return {"sending": said(found)}
