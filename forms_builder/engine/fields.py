"""A form as a record type whose fields are its items: what conditions of the form are read in.

A value is read for conditions as far as the browser can read it too, and whether or not it keeps within what its
field allows: that is told beside it, and makes no other questions come and go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from crm_config.conditions.readers import RESTRICTING
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types import registry
from crm_config.field_types.base import FieldType
from forms_builder.definitions import FormDef
from forms_builder.engine.amount import AMOUNT_TYPE, CURRENCY, currency_of
from forms_builder.engine.clocks import CLOCK_TYPE, MOMENT_TYPE
from forms_builder.engine.presence import PRESENCE_TYPE
from forms_builder.items.base import FORM_TYPE, Place
from forms_builder.items.registry import ITEMS

#: As which type conditions read a field's values, by the key of its own.
READ_AS: Mapping[str, str] = {
    **{key: key for key in ("text", "long_text", "choice", "multi_choice", "boolean", "integer")},
    **{key: key for key in ("decimal", "percent", "date")},
    # As they were typed.
    **dict.fromkeys(("email", "phone", "url"), "text"),
    "rating": "integer",
}
CLOCKS: Mapping[str, FieldType] = {"time": CLOCK_TYPE, "datetime": MOMENT_TYPE}


def fields_of(form: FormDef, snapshot: Snapshot) -> Mapping[str, FieldDef]:
    """By item's key, what its value is; items without one, and those whose field is gone, are left out."""
    found = {}
    for item in form.items.values():
        kind = ITEMS.get(item.kind)
        f = kind.field(Place(item, form, snapshot)) if kind else None
        if f is not None:
            found[item.key] = f
    return MappingProxyType(found)


def sources_of(form: FormDef, snapshot: Snapshot) -> Mapping[str, FieldDef]:
    """By item's key, the field of a record that its value comes to stand in."""
    found = {}
    for item in form.items.values():
        kind = ITEMS.get(item.kind)
        f = kind.source(Place(item, form, snapshot)) if kind else None
        if f is not None:
            found[item.key] = f
    return MappingProxyType(found)


def form_type(form: FormDef, snapshot: Snapshot) -> TypeDef:
    """What conditions of the form are about."""
    fields = {key: asked(f) for key, f in fields_of(form, snapshot).items()}
    return TypeDef(
        key=FORM_TYPE,
        number=0,
        labels=form.labels,
        plural=form.labels,
        fields=MappingProxyType(fields),
        system=MappingProxyType({}),
    )


def asked(f: FieldDef) -> FieldDef:
    """A field as conditions of a form ask for it."""
    if f.type.key == "money":
        kept = {CURRENCY: currency_of(f)}
        return replace(f, type=AMOUNT_TYPE, options=MappingProxyType(kept), default=None)
    read_as = READ_AS.get(f.type.key)
    field_type: FieldType = (
        registry.get(read_as) if read_as else CLOCKS.get(f.type.key, PRESENCE_TYPE)
    )
    options = {k: v for k, v in f.options.items() if k not in RESTRICTING}
    return replace(f, type=field_type, options=MappingProxyType(options), default=None)
