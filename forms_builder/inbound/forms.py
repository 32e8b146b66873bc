"""An inbound hook in the studio: the form it fills in, where the values stand, and a sample to try that on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.forms.labels import LabelsField
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from forms_builder.inbound.definitions import PROOFS
from forms_builder.models import InboundHook


class MappingField(forms.CharField):
    """An item and a path on each line; cleans to a map."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def clean(self, value: Any) -> Any:
        found = {}
        for line in filter(None, map(str.strip, str(super().clean(value) or "").splitlines())):
            item, mark, path = (part.strip() for part in line.partition("="))
            if not (item and mark and path):
                message = _("Write an item and a path on each line: email = order.customer.mail")
                raise ValidationError(message, code="mapping")
            found[item] = path
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return "\n".join(f"{item} = {path}" for item, path in value.items())
        return value


class SampleField(forms.CharField):
    """JSON."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 8}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return json.loads(text) if text else None
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("This is not JSON: %(why)s") % {"why": error}) from error

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else json.dumps(value, indent=1)


class HookForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        choices: Sequence[tuple[str, str]],
        hook: InboundHook | None = None,
        **kwargs: Any,
    ) -> None:
        self.hook = hook
        if hook is not None:
            names = ("labels", "form", "mapping", "message", "proof", "per_minute", "sample")
            kwargs["initial"] = {name: getattr(hook, name) for name in (*names, "retired")}
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(
            label=gettext_lazy("Name"), languages=languages, max_length=100
        )
        self.fields["form"] = forms.ChoiceField(
            label=gettext_lazy("Form that it fills in"), choices=choices
        )
        self.fields["mapping"] = MappingField(
            label=gettext_lazy("Where the values stand"),
            help_text=gettext_lazy(
                "An item of the form and a path on each line: email = order.customer.mail, sku = lines.0.sku"
            ),
        )
        self.fields["message"] = forms.CharField(
            label=gettext_lazy("Path of the message's id"),
            required=False,
            max_length=200,
            help_text=gettext_lazy(
                "Where no header tells it. Without both, the same body is the same message."
            ),
        )
        self.fields["proof"] = forms.ChoiceField(
            label=gettext_lazy("How the other side proves who it is"), choices=list(PROOFS.items())
        )
        self.fields["per_minute"] = forms.IntegerField(
            label=gettext_lazy("Messages a minute at most"),
            min_value=1,
            max_value=10_000,
            initial=120,
        )
        self.fields["sample"] = SampleField(
            label=gettext_lazy("Sample"),
            help_text=gettext_lazy("What the other side sends, as JSON; saved, it is tried below."),
        )
        if hook is not None:
            self.fields["retired"] = forms.BooleanField(
                label=gettext_lazy("Archived"), required=False
            )

    @property
    def raw(self) -> dict[str, Any]:
        """As a payload says it."""
        cleaned = dict(self.cleaned_data)
        taken = set(InboundHook.objects.values_list("key", flat=True))
        name = label_here(cleaned["labels"])
        key = self.hook.key if self.hook else propose_key(name, taken=taken, fallback="hook")
        return {"retired": False, **cleaned, "key": key}
