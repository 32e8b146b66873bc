"""A step, and a section of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from forms_builder.definitions import FormDef
from forms_builder.studio.asking import asking_field
from forms_builder.studio.forms.parts import one_of, said

COLUMNS = [("1", _("One")), ("2", _("Two")), ("3", _("Three"))]


class SectionForm(forms.Form):
    """`known` is its JSON."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, known: Mapping[str, Any], languages: Sequence[str], **kwargs: Any
    ) -> None:
        self.known, self.languages = known, languages
        kwargs["initial"] = {**known, "columns": str(known.get("columns", 1))}
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=_("Heading"),
            languages=languages,
            max_length=200,
            required=False,
            help_text=_("Empty: its items stand without one."),
        )
        self.fields["columns"] = one_of(_("Columns"), COLUMNS, required=True)

    @property
    def raw(self) -> dict[str, Any]:
        columns = int(self.cleaned_data["columns"])
        texts = merged(self.known.get("labels"), self.cleaned_data["labels"], self.languages)
        found = said({"labels": texts, "columns": columns if columns > 1 else None})
        kept = {k: v for k, v in self.known.items() if k not in ("labels", "columns")}
        return {**kept, **found}


class StepForm(forms.Form):
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        known: Mapping[str, Any],
        form: FormDef,
        snapshot: Snapshot,
        languages: Sequence[str],
        user: User,
        **kwargs: Any,
    ) -> None:
        self.known, self.languages = known, languages
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=_("Name"),
            languages=languages,
            max_length=200,
            required=False,
            help_text=_("It stands beside “Step 2 of 3”."),
        )
        self.fields["shown_when"] = asking_field(
            form,
            snapshot,
            user,
            label=_("There if"),
            help_text=_("Otherwise it is passed over, with all that stands on it."),
        )

    @property
    def raw(self) -> dict[str, Any]:
        texts = merged(self.known.get("labels"), self.cleaned_data["labels"], self.languages)
        found = said({"labels": texts, "shown_when": self.cleaned_data["shown_when"]})
        kept = {k: v for k, v in self.known.items() if k not in ("labels", "shown_when")}
        return {**kept, **found}
