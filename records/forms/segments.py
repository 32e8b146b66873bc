"""Forms about the lists of segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from crm_config.segments import STATIC, SegmentDef
from records.access import Access
from records.segments import importing


class ChangeListForm(forms.Form):
    """Into which segment, or out of it, and why; `free` is for segments that have a condition as well. The
    field is not called `segment`: that one names the segment that a list is limited to."""

    use_required_attribute = False

    into = forms.ChoiceField(label=_("Segment"))
    act = forms.ChoiceField(
        label=_("What to do"), widget=forms.RadioSelect, initial="add", choices=()
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("Stands beside each record in the segment."),
    )

    def __init__(self, data: Any = None, *, segments: Sequence[SegmentDef], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        acts = [("add", _("Add")), ("remove", _("Take out"))]
        if any(s.kind != STATIC for s in segments):
            acts.append(("free", _("Let their values decide")))
        self.fields["into"].choices = [(s.key, s.label) for s in segments]  # type: ignore[attr-defined]
        self.fields["act"].choices = acts  # type: ignore[attr-defined]


class ImportMembersForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A text file or CSV, a record in each line, up to 5,000 lines."),
    )
    lines = forms.CharField(
        label=_("Or the lines themselves"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=importing.MOST_BYTES,
    )
    by = forms.MultipleChoiceField(
        label=_("Found by"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tried in this order. A heading over the right column helps."),
    )
    why = ChangeListForm.base_fields["why"]

    def __init__(
        self, *args: Any, record_type: TypeDef, access: Access, segment: SegmentDef, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = importing.keys_for(record_type, access)
        by = [(key, importing.label_of(key, record_type)) for key in keys]
        self.record_type = record_type
        self.fields["by"].choices = by  # type: ignore[attr-defined]
        self.fields["by"].initial = keys

    def clean_file(self) -> str:
        """Its text."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > importing.MOST_BYTES:
            raise ValidationError(_("The file is too large: at most 1 MB."), code="too_large")
        return importing.text_of(file.read())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("file") or cleaned.get("lines") or ""
        if not self.errors:
            try:
                self.parsed = importing.lines_of(text, cleaned["by"], self.record_type)
            except importing.TooLong as error:
                raise ValidationError(str(error), code="too_long") from error
            if not self.parsed:
                raise ValidationError(_("Give a file, or some lines."), code="nothing")
        return cleaned

    @property
    def text(self) -> str:
        """What was given, to be sent again with the confirmation."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("lines") or "")
