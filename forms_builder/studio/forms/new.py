"""A new form: what it is called and about, and who fills it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from crm_config.forms.labels import LabelsField
from crm_config.keys import MAX_KEY, is_key
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from forms_builder.definitions import CHANNELS
from forms_builder.layouts.uses import USES
from forms_builder.studio.forms.parts import ticks

GENERATED, BLANK = "generated", "blank"


class NewForm(forms.Form):
    """`like` is the form of a pack that it begins as; else it begins with the fields of its type, or with nothing."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        taken: Collection[str],
        types: Sequence[TypeDef],
        like: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.taken, self.like, self.languages = taken, like, languages
        kwargs["initial"] = {**kwargs.get("initial", {}), "labels": (like or {}).get("labels", {})}
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=_("Name"),
            languages=languages,
            max_length=100,
            help_text=_("It stands on top of the form: whoever fills it in reads it."),
        )
        self.fields["key"] = forms.CharField(
            label=_("Key"),
            max_length=MAX_KEY,
            required=False,
            help_text=_("Left empty, it is made from the name. It never changes."),
        )
        if like is not None:
            return
        self.fields["type"] = forms.ChoiceField(
            label=_("About"),
            choices=[(t.key, t.label) for t in types],
            help_text=_("The record that comes of it, or is found again."),
        )
        self.fields["channel"] = forms.ChoiceField(
            label=_("Filled in by"),
            choices=list(CHANNELS.items()),
            widget=forms.RadioSelect,
            initial="public",
        )
        self.fields["used_for"] = ticks(
            _("For staff: used for"),
            list(USES.items()),
            _("It can be changed later, and narrowed to roles and stages, under Settings."),
        )
        self.fields["begin"] = forms.ChoiceField(
            label=_("Begins with"),
            choices=[
                (
                    GENERATED,
                    _(
                        "The fields of the type that suit, in its order: for staff, as the form is made now"
                    ),
                ),
                (BLANK, _("Nothing")),
            ],
            widget=forms.RadioSelect,
            initial=GENERATED,
        )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        if not key:
            name = label_here(self.cleaned_data.get("labels"))
            return propose_key(name, taken=self.taken, fallback="form")
        if not is_key(key):
            message = _("Use small letters, digits and single underscores, starting with a letter.")
            raise ValidationError(message, code="key")
        if key in self.taken:
            raise ValidationError(_("This key is taken."), code="taken")
        return key
