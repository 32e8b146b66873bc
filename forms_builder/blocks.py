"""A form on pages of the CMS: a block of StreamFields, shown in a frame that needs no script."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from crm_config.live import live
from forms_builder.definitions import in_use


def choices() -> list[tuple[str, str]]:
    return [(form.key, form.label) for form in in_use(live(), "public")]


class FormBlock(blocks.StructBlock):
    """`body = StreamField([("form", FormBlock())])`. A form that is not published any more shows nothing."""

    form = blocks.ChoiceBlock(choices=choices, label=_("Form"))
    height = blocks.IntegerBlock(
        label=_("Height without scripts"), default=700, min_value=200, max_value=3000
    )

    class Meta:
        template = "forms_builder/block.html"
        icon = "form"
        label = _("Form")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        found = next((f for f in in_use(live(), "public") if f.key == value.get("form")), None)
        language = (get_language() or "en").split("-")[0]
        address = reverse("public_forms:form", args=[found.slug]) if found else ""
        return context | {
            "found": found,
            "address": address,
            "frame": f"{address}?embed=1&lang={language}",
        }
