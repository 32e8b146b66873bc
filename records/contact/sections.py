"""The contact budget: how the working copy's becomes JSON and comes back, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.problems import Problem
from crm_config.references import field_path
from crm_config.sections.base import ConfigSection, Reference
from crm_config.sections.record_types import compact
from crm_config.sections.rows import sync
from records.contact.checks import wrong_people, wrong_rule
from records.contact.definitions import BUDGET, PEOPLE, PeopleDef, RuleDef
from records.models import BudgetRule, ContactPeople

ALWAYS = ("most", "days", "kinds")
RULE_NAMES = ("labels", "segment", "survey", "roles", "retired")
PEOPLE_NAMES = ("email", "language", "consent", "option", "refuses")


class BudgetSection(ConfigSection):
    key = BUDGET
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        return [raw_rule(row) for row in BudgetRule.objects.order_by("key")]

    def load(self, part: Any, *, replace: bool) -> None:
        names = (*ALWAYS, *RULE_NAMES)
        sync(BudgetRule.objects.all(), part, by=("key",), names=names, replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """An archived rule counts nothing, and so may name what is gone."""
        for raw in part:
            for message in () if raw.get("retired") else wrong_rule(raw, draft):
                yield Problem((BUDGET, raw["key"]), message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, RuleDef]:
        return MappingProxyType({raw["key"]: RuleDef.of(raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (BUDGET, raw["key"]), bool(raw.get("retired"))
            named = [("segments", raw.get("segment")), ("surveys", raw.get("survey"))]
            for section, key in named:
                if key:
                    yield Reference(source, (section, key), _("contact budget of it"), weak=weak)
            for role in raw.get("roles", ()):
                yield Reference(source, ("roles", role), _("may pass it over"), weak=weak)


class PeopleSection(ConfigSection):
    key = PEOPLE
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        rows = ContactPeople.objects.order_by("key")
        return [{"key": row.key, **compact(row, PEOPLE_NAMES)} for row in rows]

    def load(self, part: Any, *, replace: bool) -> None:
        sync(ContactPeople.objects.all(), part, by=("key",), names=PEOPLE_NAMES, replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            for message in wrong_people(raw, draft):
                yield Problem((PEOPLE, raw["key"]), message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, PeopleDef]:
        return MappingProxyType({raw["key"]: PeopleDef.of(raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source = (PEOPLE, raw["key"])
            weak = bool(draft.types.get(raw["key"], {}).get("retired"))
            yield Reference(source, ("record_types", raw["key"]), _("written to"), weak=weak)
            for name in ("email", "language", "consent", "refuses"):
                if key := raw.get(name):
                    target = field_path(raw["key"], key)
                    yield Reference(source, target, _("written to"), weak=weak)


def raw_rule(row: BudgetRule) -> dict[str, Any]:
    always = {name: getattr(row, name) for name in ALWAYS}
    return {"key": row.key, **always, **compact(row, RULE_NAMES)}
