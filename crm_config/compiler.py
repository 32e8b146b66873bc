"""From a payload to what the running system reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from crm_config.definitions import (
    CompanyDef,
    FieldDef,
    GrantDef,
    OptionDef,
    ReverseLink,
    RoleDef,
    SectionDef,
    Snapshot,
    TypeDef,
    nothing,
)
from crm_config.dependencies import closures, reverse_key
from crm_config.field_types import registry as field_types
from crm_config.field_types.results import with_results
from crm_config.problems import Problem
from crm_config.sections import base as sections
from crm_config.stored_keys import given
from crm_config.system_fields import system_fields


@dataclass(frozen=True)
class Draft:
    """A payload on its way to publication: looked up by key, and compiled once its shape is right."""

    payload: Mapping[str, Any]
    numbers: Mapping[str, int]
    #: Where values of fields stand that had another form before; needed to ask live records.
    stored_keys: Mapping[str, Any] = field(default_factory=nothing)

    @cached_property
    def types(self) -> Mapping[str, Mapping[str, Any]]:
        return {raw["key"]: raw for raw in self.payload.get("record_types", [])}

    @cached_property
    def snapshot(self) -> Snapshot:
        return compile_payload(
            self.payload, version=0, numbers=self.numbers, stored_keys=self.stored_keys
        )


def compile_payload(
    payload: Mapping[str, Any],
    *,
    version: int,
    numbers: Mapping[str, int],
    stored_keys: Mapping[str, Any] = MappingProxyType({}),
) -> Snapshot:
    """A snapshot of a payload that was checked. `numbers` gives each record type's number; a type
    without one (not yet published) gets 0 and has no records. `stored_keys` tells where the values of
    fields stand that had another form before."""
    types = {
        raw["key"]: _type(raw, numbers.get(raw["key"], 0), stored_keys, payload)
        for raw in payload.get("record_types", [])
    }
    company = _company(payload.get("company", {}))
    types = with_results(_with_dependencies(types), company.base_currency)
    snapshot = Snapshot(
        version=version,
        company=company,
        types=MappingProxyType(types),
        roles=MappingProxyType({raw["key"]: _role(raw) for raw in payload.get("roles", [])}),
        reverse_links=MappingProxyType(_reverse_links(types.values())),
    )
    draft = Draft(payload, numbers, stored_keys)
    draft.__dict__["snapshot"] = snapshot
    compiled = {
        section.key: section.compile(payload[section.key], draft)
        for section in sections.all_sections()
        if section.key in payload
    }
    return replace(snapshot, sections=MappingProxyType(compiled))


def _company(raw: Mapping[str, Any]) -> CompanyDef:
    return CompanyDef(**{**raw, "languages": tuple(raw.get("languages", ())) or ("en",)})


def _type(
    raw: Mapping[str, Any],
    number: int,
    stored_keys: Mapping[str, Any],
    payload: Mapping[str, Any],
) -> TypeDef:
    names = (
        "labels",
        "plural",
        "icon",
        "colour",
        "description",
        "title_template",
        "menu_group",
        "menu_order",
    )
    return TypeDef(
        number=number,
        key=raw["key"],
        fields=MappingProxyType(
            {
                f["key"]: _field(raw["key"], f, given(stored_keys, raw["key"], f["key"]))
                for f in raw.get("fields", [])
            }
        ),
        system=MappingProxyType(system_fields(raw["key"], payload)),
        sections=tuple(SectionDef(s["key"], s["labels"]) for s in raw.get("sections", [])),
        columns=tuple(raw.get("columns", ())),
        sort=tuple(raw.get("sort") or ("-modified_at",)),
        traits=frozenset(raw.get("traits", ())),
        retired=raw.get("retired", False),
        **_given(raw, names, plural=raw.get("labels", {})),
    )


def _given(raw: Mapping[str, Any], names: Iterable[str], **defaults: Any) -> dict[str, Any]:
    return {
        **{k: v for k, v in defaults.items() if k in names},
        **{n: raw[n] for n in names if n in raw},
    }


def _field(record_type: str, raw: Mapping[str, Any], stands: Mapping[str, Any]) -> FieldDef:
    names = (
        "options", "help", "placeholder", "section", "required", "unique", "default", "filterable", "sortable",
        "searchable", "personal", "readonly_after_creation", "retired",
    )  # fmt: skip
    return FieldDef(
        record_type=record_type,
        key=raw["key"],
        type=field_types.get(raw["type"]),
        labels=raw.get("labels", {}),
        choices=tuple(
            OptionDef(o["key"], o.get("labels", {}), o.get("colour", ""), o.get("retired", False))
            for o in raw.get("choices", [])
        ),
        **_given(raw, names),
        **stands,
    )


def _with_dependencies(types: Mapping[str, TypeDef]) -> dict[str, TypeDef]:
    """Computed fields learn what they read, through other computed fields too."""
    reads = closures(types)
    return {
        key: replace(
            t,
            fields=MappingProxyType(
                {
                    f.key: replace(f, depends_on=reads[t.key, f.key])
                    if (t.key, f.key) in reads
                    else f
                    for f in t.fields.values()
                }
            ),
        )
        for key, t in types.items()
    }


def _role(raw: Mapping[str, Any]) -> RoleDef:
    grants = [
        GrantDef(g["type"], g["action"], g["scope"], g.get("condition"))
        for g in raw.get("grants", [])
    ]
    return RoleDef(
        key=raw["key"],
        labels=raw.get("labels", {}),
        grants=MappingProxyType({(g.record_type, g.action): g for g in grants}),
        fields=MappingProxyType(
            {(g["type"], g["field"]): g["access"] for g in raw.get("fields", [])}
        ),
        administers=raw.get("administers", False),
        field_conditions=MappingProxyType(
            {
                (g["type"], g["field"]): g["condition"]
                for g in raw.get("fields", [])
                if g.get("condition")
            }
        ),
    )


def _reverse_links(types: Iterable[TypeDef]) -> dict[str, tuple[ReverseLink, ...]]:
    """By target type: the links that point at it, so that each side can show the other."""
    found: dict[str, list[ReverseLink]] = defaultdict(list)
    for record_type in types:
        for f in record_type.active:
            if f.type.key != "link" or record_type.retired:
                continue
            targets = frozenset(f.options.get("targets", ()))
            reverse = ReverseLink(
                key=reverse_key(f),
                labels=f.options.get("reverse_labels") or record_type.plural,
                field=f,
                targets=targets,
            )
            for target in sorted(targets):
                found[target].append(reverse)
    return {key: tuple(links) for key, links in found.items()}


def check_payload(payload: Mapping[str, Any], *, numbers: Mapping[str, int]) -> list[Problem]:
    """Everything that is wrong with a payload whose shape is right (see `crm_config.schema`)."""
    return check_draft(Draft(payload, numbers))


def check_draft(draft: Draft) -> list[Problem]:
    """The same of one that is looked at further, so that it is compiled once."""
    problems: list[Problem] = []
    for section in sections.all_sections():
        if section.key in draft.payload:
            problems.extend(section.check(draft.payload[section.key], draft))
    return problems
