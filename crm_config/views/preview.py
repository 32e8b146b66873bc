"""How staff will see a record type: its form, and a row of its list, in a chosen language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import override

from crm_config import form_fields
from crm_config.definitions import FieldDef, SectionDef, TypeDef
from crm_config.field_types.base import CoerceContext, Names, ValueRefused
from crm_config.models import User

NOTHING = "–"


class PreviewForm(forms.Form):
    """The fields that people fill in. Nothing is ever sent from it."""

    use_required_attribute = False

    def __init__(self, record_type: TypeDef, user: User) -> None:
        super().__init__(prefix="preview")
        editable = (field for field in record_type.active if field.editable)
        self.fields.update(form_fields.build(editable, user))


@dataclass(frozen=True)
class PreviewSection:
    section: SectionDef | None
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class Preview:
    """`html` is in the language asked for; `form` tells the page what media it needs."""

    form: PreviewForm
    html: SafeString


def preview(record_type: TypeDef, language: str, user: User) -> Preview:
    with override(language):
        form = PreviewForm(record_type, user)
        known = record_type.all_fields
        columns = [known[key] for key in record_type.columns if key in known]
        about = {
            "language": language,
            "preview": {
                "sections": _sections(record_type, form),
                "columns": [str(f.label) for f in columns],
                "row": [sample(f) for f in columns],
                "computed": [str(f.label) for f in record_type.active if not f.editable],
            },
        }
        return Preview(form, render_to_string("crm_config/studio/preview.html", about))


def _sections(record_type: TypeDef, form: PreviewForm) -> list[PreviewSection]:
    by_section: Mapping[str, list[forms.BoundField]] = {
        "": [],
        **{s.key: [] for s in record_type.sections},
    }
    for field in record_type.active:
        if field.key in form.fields:
            by_section.get(field.section, by_section[""]).append(form[field.key])
    places: list[SectionDef | None] = [None, *record_type.sections]
    found = [PreviewSection(s, by_section[s.key if s else ""]) for s in places]
    return [section for section in found if section.fields]


def sample(field: FieldDef) -> SafeString | str:
    """An example as a list shows it; a dash where the kind of field has none that fits."""
    raw: Any = field.type.example
    if field.choices:
        raw = next((o.key for o in field.choices if not o.retired), None)
    context = CoerceContext(now=timezone.now(), tz=timezone.get_default_timezone())
    try:
        value = field.type.coerce(field, raw, context)
        if value is None or field.type.is_empty(value):
            return NOTHING
        return field.type.render(field, value, Names())
    except ValueRefused:
        return NOTHING
