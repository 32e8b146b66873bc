"""The form of a record, made from the fields that its reader may write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from crm_config.definitions import FieldDef
from crm_config.field_types.base import is_blank
from crm_config.field_types.support.uploads import StoredFile
from records import services
from records.access import Access
from records.forms.fields import Choices, form_field
from records.forms.reasons import Warned
from records.gate import Change, Receipt, Refusal
from records.selectors import RecordView

#: Before each field's name, so that none can be taken for something else in the form.
PREFIX = "f"


class RecordForm(forms.Form):
    """`values` are the canonical values that stand, or that a new record begins with."""

    use_required_attribute = False
    #: Whether administrators laid it out: then `steps` say what stands where, in
    #: `templates/records/forms/laid_out.html`.
    laid_out = False
    #: What the button that saves says, if it is to say something else.
    submit_label = ""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        fields: Sequence[FieldDef],
        values: Mapping[str, Any],
        choices: Choices,
        initial: Mapping[str, Any] | None = None,
        files_of: RecordView | None = None,
        in_dialog: bool = False,
    ) -> None:
        """`initial` holds what was typed already, in place of the values; `files_of` is the record whose files
        can be opened."""
        super().__init__(data, files, prefix=PREFIX)
        self.choices = choices
        #: What the gate warned of: whoever goes on gives a reason for each.
        self.warnings: list[Warned] = []
        #: What others have to approve.
        self.approvals: list[str] = []
        self.definitions = {f.key: f for f in fields}
        for f in fields:
            self.fields[f.key] = form_field(f, values.get(f.key), choices, in_dialog=in_dialog)
            if f.type.group == "file" and files_of is not None and f.key in values:
                self.initial[f.key] = stored_file(files_of, f, values[f.key])
        for key, typed in (initial or {}).items():
            if key in self.fields:
                self.initial[key] = typed

    def changed_values(self) -> dict[str, Any]:
        """What differs from what stood there when the form was opened."""
        return {
            key: self.cleaned_data[key] for key in self.changed_data if key in self.cleaned_data
        }

    def new_values(self) -> dict[str, Any]:
        """All that a new record is given. Empty ones are sent where they take a default away."""
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if not is_blank(value) or self.definitions[key].default is not None or key == "owner"
        }

    def write(self, changes: Sequence[Change], *, access: Access, channel: str) -> Receipt:
        """Through the gate: what was filled in is the first of the changes."""
        return services.execute(changes, access=access, channel=channel)

    @property
    def writes_more(self) -> bool:
        """Whether other records are written with it."""
        return False

    def take_over(self, other: RecordForm) -> None:
        """What was filled in beside the fields, from the form that was sent: after a conflict."""

    def uploads(self, values: Mapping[str, Any]) -> dict[str, UploadedFile]:
        return {k: value for k, value in values.items() if isinstance(value, UploadedFile)}

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show at each field why the gate refused it, and on top what is about none of them."""
        for refusal in refusals:
            message = str(refusal.message)
            if refusal.code == "needs_approval":
                self.approvals.append(message)
            if refusal.code == "acknowledge" and refusal.rule:
                self.warnings.append(Warned(refusal.rule, message, self._reason(refusal.rule)))
            if refusal.field in self.fields:
                if refusal.field not in self.errors:
                    self.add_error(refusal.field, message)
            else:
                self.add_error(None, message)

    def _reason(self, rule: str) -> str:
        return str(self.data.get(f"acknowledge:{rule}", ""))


def stored_file(record: RecordView, f: FieldDef, file_id: int) -> StoredFile:
    name = f.type.display(f, file_id, record.names)
    return StoredFile.of(file_id, name, file_url(record.id, f.key))


def file_url(record_id: int, key: str) -> str:
    return reverse("records:file", args=[record_id, key])
