"""Forms: how the working copy's become JSON and come back, what is wrong with them, what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.problems import Problem
from crm_config.sections.base import Reference
from crm_config.sections.of_types import OfTypes
from forms_builder.checks import wrong
from forms_builder.definitions import SECTION, FormDef
from forms_builder.layouts.checks import ambiguous
from forms_builder.models import Form
from forms_builder.references import named

NAMES = (
    "labels", "channel", "intro", "submit", "done", "settings", "handling", "retired",
)  # fmt: skip


class FormSection(OfTypes):
    key = SECTION
    optional = True

    model = Form
    names = NAMES
    always = ("steps",)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, FormDef]:
        return MappingProxyType({raw["key"]: FormDef.of(raw) for raw in part})

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """An archived form asks nothing, and so may name what is gone."""
        slugs: dict[str, str] = {}
        in_use = []
        for raw in part:
            if at_rest(raw, draft):
                continue
            form = FormDef.of(raw)
            yield from wrong(form, draft)
            if form.channel == "public" and form.slug in slugs:
                message = _("Another public form has the address “%(slug)s”.")
                yield Problem((SECTION, form.key), message % {"slug": form.slug})
            slugs[form.slug] = form.key
            in_use.append(form)
        yield from ambiguous(in_use)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (SECTION, raw["key"]), at_rest(raw, draft)
            yield Reference(source, ("record_types", raw["type"]), _("form of it"), weak=weak)
            if raw["type"] in draft.types:
                for target in sorted(named(FormDef.of(raw), draft.snapshot)):
                    yield Reference(source, target, _("form"), weak=weak)


def at_rest(raw: Mapping[str, Any], draft: Draft) -> bool:
    """Archived, or of an archived type: it means nothing meanwhile."""
    return bool(raw.get("retired") or draft.types.get(raw["type"], {}).get("retired"))
