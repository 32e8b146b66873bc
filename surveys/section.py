"""Surveys: how the working copy's become JSON and come back, what is wrong with them, what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.problems import Problem
from crm_config.sections.base import Reference
from crm_config.sections.of_types import OfTypes
from forms_builder.section import at_rest
from surveys.checks import wrong
from surveys.definitions import SECTION, SurveyDef
from surveys.models import Survey
from surveys.references import named

NAMES = (
    "labels", "intro", "submit", "jumps", "quotas", "settings", "sending", "follow_ups", "retired",
)  # fmt: skip


class SurveySection(OfTypes):
    key = SECTION
    optional = True

    model = Survey
    names = NAMES
    always = ("steps", "ends")

    def compile(self, part: Any, draft: Draft) -> Mapping[str, SurveyDef]:
        return MappingProxyType({raw["key"]: SurveyDef.of(raw) for raw in part})

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """An archived survey asks nothing, and so may name what is gone."""
        for raw in part:
            if not at_rest(raw, draft):
                yield from wrong(SurveyDef.of(raw), draft)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (SECTION, raw["key"]), at_rest(raw, draft)
            yield Reference(source, ("record_types", raw["type"]), _("survey of it"), weak=weak)
            if raw["type"] in draft.types:
                for target in sorted(named(SurveyDef.of(raw), draft.snapshot)):
                    yield Reference(source, target, _("survey"), weak=weak)
