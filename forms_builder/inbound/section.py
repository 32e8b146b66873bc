"""Inbound hooks: how the working copy's become JSON and come back, what is wrong with them, what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.schema import FLAG, KEY, LABELS, strict
from crm_config.sections.base import ConfigSection, Reference
from crm_config.sections.record_types import compact
from crm_config.sections.rows import sync
from crm_config.words.registry import SectionWords
from forms_builder.definitions import SECTION as FORMS
from forms_builder.definitions import FormDef
from forms_builder.inbound.definitions import PROOFS, SECTION, HookDef
from forms_builder.models import InboundHook

NAMES = ("labels", "mapping", "message", "proof", "per_minute", "sample", "retired")
PATH = {"type": "string", "minLength": 1, "maxLength": 200}
SHAPE = {
    "type": "array",
    "description": "What other systems send, and the form that it fills in.",
    "items": strict(
        {
            "key": KEY,
            "form": KEY,
            "labels": LABELS,
            "mapping": {"type": "object", "additionalProperties": PATH, "maxProperties": 100},
            "message": {"type": "string", "maxLength": 200},
            "proof": {"enum": list(PROOFS)},
            "per_minute": {"type": "integer", "minimum": 1, "maximum": 10_000},
            "sample": True,
            "retired": FLAG,
        },
        "key",
        "form",
    ),
}
WORDS = SectionWords(label=gettext_lazy("Inbound hooks"))


class InboundSection(ConfigSection):
    key = SECTION
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        rows = InboundHook.objects.order_by("key")
        return [{"key": row.key, "form": row.form, **compact(row, NAMES)} for row in rows]

    def load(self, part: Any, *, replace: bool) -> None:
        rows = InboundHook.objects.all()
        sync(rows, part, by=("key",), names=("form", *NAMES), replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        forms = {raw["key"]: raw for raw in draft.payload.get(FORMS, [])}
        for raw in part:
            if not raw.get("retired"):
                for message in _wrong(raw, forms):
                    yield Problem((SECTION, raw["key"]), message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, HookDef]:
        return MappingProxyType({raw["key"]: HookDef(**raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (SECTION, raw["key"]), bool(raw.get("retired"))
            yield Reference(source, (FORMS, raw["form"]), _("fills it in"), weak=weak)


def _wrong(raw: Mapping[str, Any], forms: Mapping[str, Any]) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    form = forms.get(raw["form"])
    if form is None or form.get("retired"):
        yield _("There is no form “%(key)s”.") % {"key": raw["form"]}
        return
    if not raw.get("mapping"):
        yield _("Say where in a message the values stand.")
    items = FormDef.of(form).items
    for key in raw.get("mapping", {}):
        if key not in items:
            yield _("There is no item “%(key)s”.") % {"key": key}
