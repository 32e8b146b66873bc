"""The form that takes a file to import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.access import Access
from records.imports import rights, selectors
from records.imports.formats import FORMATS
from records.models import SavedMapping


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV with any delimiter and encoding, XLSX or JSON, up to 50 MB."),
    )
    type = forms.ChoiceField(label=_("Each row is"))
    mapping = forms.ModelChoiceField(
        SavedMapping.objects.none(),
        label=_("Saved mapping"),
        required=False,
        empty_label=_("None: propose one"),
        help_text=_("How the columns were placed in an earlier import."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = rights.importable(access)
        self.fields["type"].choices = [(t.key, t.label) for t in types]  # type: ignore[attr-defined]
        saved = selectors.saved_mappings(access)
        self.fields["mapping"].queryset = saved  # type: ignore[attr-defined]
        self.fields["mapping"].label_from_instance = self._named(access)  # type: ignore[attr-defined]
        suffixes = [suffix for each in FORMATS.values() for suffix in each.suffixes]
        self.fields["file"].widget.attrs["accept"] = ",".join(suffixes)

    @staticmethod
    def _named(access: Access) -> Any:
        types = access.snapshot.types
        return lambda saved: f"{saved.name} ({types[saved.type].label})"

    def clean(self) -> dict[str, Any]:
        """A saved mapping decides what the rows are."""
        cleaned = super().clean() or {}
        if saved := cleaned.get("mapping"):
            cleaned["type"] = saved.type
        return cleaned
