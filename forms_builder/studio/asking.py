"""The conditions of a form in the condition builder: about what is answered, and nothing that is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms

from crm_config.conditions.api import ConditionInvalid, Context, answering, parse
from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.conditions import condition_field
from crm_config.models import User
from crm_config.words.plain import shown
from forms_builder.definitions import FormDef, forms_of
from forms_builder.engine.fields import form_type
from forms_builder.engine.logic import context
from records.access import Access
from records.builder.purposes import Purpose

PURPOSE = "form"
#: Channels whose forms are kept elsewhere, and so are found by another purpose.
PURPOSES: dict[str, str] = {}


def _purpose(form: FormDef) -> str:
    return PURPOSES.get(form.channel, PURPOSE)


def asked(form: FormDef, snapshot: Snapshot) -> TypeDef:
    """What the builder knows the form's answers as: with its hyphen, the key is that of no record type."""
    return replace(form_type(form, snapshot), key=f"{_purpose(form)}-{form.key}")


def _context(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return answering(snapshot, record_type)


def asking(purpose: str, forms: Callable[[Snapshot], Mapping[str, FormDef]]) -> Purpose:
    def find(snapshot: Snapshot, key: str) -> TypeDef | None:
        mark = f"{purpose}-"
        form = forms(snapshot).get(key.removeprefix(mark)) if key.startswith(mark) else None
        return asked(form, snapshot) if form is not None else None

    return Purpose(_context, find=find, counted=False)


ASKING = asking(PURPOSE, forms_of)


def asking_field(form: FormDef, snapshot: Snapshot, user: User, **kwargs: Any) -> forms.Field:
    """Cleans to the condition's JSON, or to None."""
    return condition_field(
        record_type=asked(form, snapshot),
        snapshot=snapshot,
        user=user,
        purpose=_purpose(form),
        **{"required": False, **kwargs},
    )


def in_words(raw: Any, form: FormDef, snapshot: Snapshot) -> str:
    """As a sentence; as it stands where it cannot be read any more."""
    try:
        return parse(raw, context(form, snapshot)).words()
    except ConditionInvalid:
        return shown(raw)
