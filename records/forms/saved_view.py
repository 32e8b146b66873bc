"""Naming and sharing a saved view."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.models import SavedView


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ("name", "shared", "default")

    def clean_name(self) -> Any:
        """One's own views of a type have names of their own."""
        name = self.cleaned_data["name"]
        same = SavedView.objects.filter(
            type=self.instance.type, owner=self.instance.owner_id, name=name
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("You have a view of this name already."))
        return name
