"""Form fields and widgets that several field types share."""

from collections.abc import Iterable
from typing import Any

from django import forms

from crm_config import labels
from crm_config.definitions import FieldDef


def with_placeholder(field: FieldDef, form_field: forms.Field) -> forms.Field:
    if text := labels.text(field.placeholder):
        form_field.widget.attrs["placeholder"] = text
    return form_field


class PartsWidget(forms.MultiWidget):
    """Several inputs for one value, each with a label of its own: `names`, by part."""

    template_name = "crm_config/widgets/parts.html"

    def __init__(
        self,
        widgets: dict[str, forms.Widget | type[forms.Widget]],
        names: dict[str, Any],
        attrs: Any = None,
    ) -> None:
        super().__init__(widgets, attrs)
        self.names = names
        self.group_label: Any = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["label"] = self.group_label
        for part, label in zip(context["widget"]["subwidgets"], self.names.values(), strict=True):
            part["label"] = label
        return context

    def decompress(self, value: Any) -> list[Any]:
        return [value.get(part) for part in self.names] if value else [None] * len(self.names)


class PartsField(forms.MultiValueField):
    """Its cleaned value is a dict of the parts that were filled in, or None."""

    def __init__(self, parts: dict[str, forms.Field], names: dict[str, Any], **kwargs: Any) -> None:
        self.names = list(parts)
        widget = PartsWidget({key: part.widget for key, part in parts.items()}, names)
        kwargs.setdefault("widget", widget)
        for part in parts.values():
            part.required = False
        super().__init__(tuple(parts.values()), require_all_fields=False, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Two amounts on one form are told apart by the name of their group."""
        bound = super().get_bound_field(form, field_name)
        if isinstance(self.widget, PartsWidget):
            self.widget.group_label = bound.label
        return bound

    def compress(self, data_list: Iterable[Any]) -> dict[str, Any] | None:
        filled = {
            key: part
            for key, part in zip(self.names, data_list, strict=False)
            if part not in (None, "")
        }
        return filled or None
