"""A proof of work that the browser does by itself: it keeps machines from sending in bulk, and asks people nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import ItemKind


class CaptchaItem(ItemKind):
    key = "captcha"
    label = gettext_lazy("Proof of work")
    description = gettext_lazy(
        "The browser works for a second; nobody has to read letters, and nothing is asked elsewhere."
    )
    icon = "lock"
    option_specs = (
        OptionSpec(
            "demand",
            "boolean",
            gettext_lazy("Nothing is taken without it"),
            gettext_lazy("Browsers without scripts can then not send the form."),
        ),
    )
