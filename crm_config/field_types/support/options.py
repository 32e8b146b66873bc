"""Finding options by what people write, and showing them."""

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from crm_config.definitions import FieldDef, OptionDef
from crm_config.field_types.base import ValueRefused
from crm_config.field_types.support.texts import folded

_COLOUR = re.compile(r"[a-z][a-z0-9-]*\Z")
_SHOWN_IN_A_MESSAGE = 12


def find(field: FieldDef, raw: Any) -> OptionDef | None:
    """By key, or by label in any language, whatever the case and spaces."""
    if not isinstance(raw, str | int | float) or isinstance(raw, bool):
        return None
    text = str(raw).strip()
    if text in field.choice_map:
        return field.choice_map[text]
    wanted = folded(text)
    for option in sorted(field.choices, key=lambda option: option.retired):
        if wanted == folded(option.key) or any(
            wanted == folded(each) for each in option.labels.values()
        ):
            return option
    return None


def get(field: FieldDef, raw: Any) -> OptionDef:
    option = find(field, raw)
    if option is None:
        labels = [option.label for option in field.choices if not option.retired]
        shown = ", ".join(labels[:_SHOWN_IN_A_MESSAGE]) + (
            ", …" if labels[_SHOWN_IN_A_MESSAGE:] else ""
        )
        raise ValueRefused(
            "unknown_option",
            gettext("“%(text)s” is not among the options. Choose from: %(options)s.")
            % {"text": str(raw)[:100], "options": shown},
        )
    return option


def refuse_retired(field: FieldDef, keys: set[str]) -> None:
    for key in sorted(keys):
        option = field.choice_map.get(key)
        if option is not None and option.retired:
            raise ValueRefused(
                "retired_option",
                gettext("“%(option)s” is no longer in use. Choose another option.")
                % {"option": option.label},
            )


def label(field: FieldDef, key: str) -> str:
    """The key itself where the option is gone."""
    option = field.choice_map.get(key)
    return option.label if option else key


def badge(field: FieldDef, key: str) -> SafeString:
    option = field.choice_map.get(key)
    colour = option.colour if option and _COLOUR.match(option.colour) else ""
    css = f"r-label r-label--{colour}" if colour else "r-label"
    return format_html('<span class="{}">{}</span>', css, label(field, key))


def offered(field: FieldDef, standing: Any) -> list[tuple[str, str]]:
    """Keys and labels for a form: the options in use, and retired ones that stand already."""
    held = {standing} if isinstance(standing, str) else set(standing or ())
    return [(o.key, o.label) for o in field.choices if not o.retired or o.key in held]


def in_use(field: FieldDef) -> list[str]:
    return [option.key for option in field.choices if not option.retired]
