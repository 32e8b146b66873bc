"""All that a browser needs to let its person fill in forms without a connection: kept there encrypted."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm_config import labels
from forms_builder.definitions import FormDef
from forms_builder.offline.filling import StaffFilling, left_out
from forms_builder.offline.offered import offered
from records.access import Access


def kit_of(access: Access) -> dict[str, Any]:
    language = (get_language() or "en").split("-")[0]
    return {
        "user": access.user_id,
        "language": language,
        "version": access.snapshot.version,
        "forms": [_form(form, access, language) for form in offered(access)],
    }


def _form(form: FormDef, access: Access, language: str) -> dict[str, Any]:
    filling = StaffFilling(form, access, language)
    filling.look_near()
    context = {
        "form": form,
        "sections": filling.drawn(),
        "intro": labels.text(form.intro),
        "left_out": left_out(form, access),
        "submit": labels.text(form.submit) or _("Save"),
    }
    return {
        "key": form.key,
        "label": form.label,
        "type": access.snapshot.types[form.type].label,
        "html": render_to_string("forms_builder/offline/form.html", context),
        "logic": filling.logic_for_browser(),
    }
