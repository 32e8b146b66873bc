"""What new records start with in a field: a fixed value, something dynamic such as today, or nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, ValueRefused

DYNAMIC, VALUE = "default_dynamic", "default"
#: Groups of field types whose values are other records, people or files: no fixed one suits every record.
_NEVER_FIXED = ("link", "file", "computed")


def takes_value(field_type: FieldType) -> bool:
    return not (field_type.computed or field_type.has_choices or field_type.group in _NEVER_FIXED)


def default_fields(field: FieldDef) -> dict[str, forms.Field]:
    """The form fields for a default; none where the kind of field has no defaults. Options have their own
    mark, beside each."""
    found: dict[str, forms.Field] = {}
    dynamic = field.type.dynamic_defaults()
    if dynamic:
        nothing = _("The value below") if takes_value(field.type) else _("Nothing")
        found[DYNAMIC] = forms.ChoiceField(
            label=_("New records start with"), choices=[("", nothing), *dynamic], required=False
        )
    if takes_value(field.type):
        found[VALUE] = field.type.form_field(
            field,
            label=_("This value") if dynamic else _("New records start with"),
            help_text=_("Leave it empty to start with nothing."),
            required=False,
        )
    return found


def initial(field: FieldDef) -> dict[str, Any]:
    raw = field.default
    if raw is None:
        return {}
    if isinstance(raw, Mapping) and set(raw) == {"dynamic"}:
        return {DYNAMIC: raw["dynamic"]}
    if not takes_value(field.type):
        return {}
    try:
        return {VALUE: field.type.form_initial(field, field.type.coerce(field, raw, _context()))}
    except ValueRefused:
        return {}


def read(field: FieldDef, cleaned: Mapping[str, Any]) -> Any:
    """The default as the payload holds it, or None. Raises `ValueRefused`."""
    if name := cleaned.get(DYNAMIC):
        return {"dynamic": name}
    if not takes_value(field.type):
        return None
    value = field.type.coerce(field, cleaned.get(VALUE), _context())
    if field.type.is_empty(value) or value is None:
        return None
    return field.type.to_json(field, value)


def _context() -> CoerceContext:
    zone: Any = timezone.get_default_timezone()
    return CoerceContext(now=timezone.now(), tz=zone)
