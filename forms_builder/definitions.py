"""Forms as they are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, nothing

SECTION = "forms"
CHANNELS: Mapping[str, Any] = {
    "public": _("Public: whoever has the address"),
    "staff": _("Staff: whoever works here"),
}
WIDTHS: Mapping[str, Any] = {
    "full": _("The whole width"),
    "half": _("Half of it"),
    "third": _("A third of it"),
}
WHEN_HIDDEN: Mapping[str, Any] = {
    "clear": _("What was answered is taken out"),
    "keep": _("What was answered is kept and sent"),
}


@dataclass(frozen=True)
class OptionRule:
    """An option that is offered only while the condition holds."""

    option: str
    when: Any


@dataclass(frozen=True)
class ValueRule:
    """While the condition holds, the value is this one, a raw value of the field."""

    when: Any
    value: Any


@dataclass(frozen=True)
class MessageRule:
    """Told while the condition holds; one that `blocks` keeps the form from being sent."""

    when: Any
    message: Mapping[str, str]
    blocks: bool = False

    @property
    def text(self) -> str:
        return labels.text(self.message)


@dataclass(frozen=True, eq=False)
class ItemDef:
    """One thing on a form. `options` are its kind's own, see `forms_builder.items`. Conditions name items by key."""

    key: str
    kind: str
    options: Mapping[str, Any] = field(default_factory=nothing)
    labels: Mapping[str, str] = field(default_factory=nothing)
    help: Mapping[str, str] = field(default_factory=nothing)
    placeholder: Mapping[str, str] = field(default_factory=nothing)
    width: str = "full"
    default: Any = None
    #: The parameter of the address that fills it in.
    prefill: str = ""
    required: bool = False
    readonly: bool = False
    shown_when: Any = None
    required_when: Any = None
    readonly_when: Any = None
    options_when: tuple[OptionRule, ...] = ()
    value_set_when: tuple[ValueRule, ...] = ()
    message_when: tuple[MessageRule, ...] = ()
    when_hidden: str = "clear"
    #: By option, how many may choose it.
    capacity: Mapping[str, int] = field(default_factory=nothing)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ItemDef:
        plain = {k: v for k, v in raw.items() if k not in RULES}
        return cls(
            **plain,
            options_when=tuple(
                OptionRule(r["option"], r["when"]) for r in raw.get("options_when", ())
            ),
            value_set_when=tuple(
                ValueRule(r["when"], r["value"]) for r in raw.get("value_set_when", ())
            ),
            message_when=tuple(
                MessageRule(r["when"], r["message"], r.get("blocks", False))
                for r in raw.get("message_when", ())
            ),
        )

    @property
    def conditions(self) -> Iterator[tuple[str, Any]]:
        """Each condition of it, with its place."""
        for name in ("shown_when", "required_when", "readonly_when"):
            if (raw := getattr(self, name)) is not None:
                yield name, raw
        for name in RULES:
            for n, rule in enumerate(getattr(self, name)):
                yield f"{name}[{n}]", rule.when


RULES = ("options_when", "value_set_when", "message_when")


@dataclass(frozen=True, eq=False)
class FormSectionDef:
    key: str
    items: tuple[ItemDef, ...]
    labels: Mapping[str, str] = field(default_factory=nothing)
    columns: int = 1

    @property
    def label(self) -> str:
        return labels.text(self.labels)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> FormSectionDef:
        items = tuple(map(ItemDef.of, raw.get("items", ())))
        return cls(raw["key"], items, raw.get("labels", {}), raw.get("columns", 1))


@dataclass(frozen=True, eq=False)
class StepDef:
    """`shown_when`: a step that is passed over otherwise, with all that is on it."""

    key: str
    sections: tuple[FormSectionDef, ...]
    labels: Mapping[str, str] = field(default_factory=nothing)
    shown_when: Any = None

    @property
    def label(self) -> str:
        return labels.text(self.labels)

    @property
    def items(self) -> Iterator[ItemDef]:
        for section in self.sections:
            yield from section.items

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> StepDef:
        sections = tuple(map(FormSectionDef.of, raw.get("sections", ())))
        return cls(raw["key"], sections, raw.get("labels", {}), raw.get("shown_when"))


@dataclass(frozen=True, eq=False)
class FormDef:
    """`settings` say how a public form is reached and guarded, `handling` what becomes of what was sent."""

    key: str
    type: str
    steps: tuple[StepDef, ...]
    labels: Mapping[str, str] = field(default_factory=nothing)
    intro: Mapping[str, str] = field(default_factory=nothing)
    submit: Mapping[str, str] = field(default_factory=nothing)
    done: Mapping[str, str] = field(default_factory=nothing)
    channel: str = "public"
    settings: Mapping[str, Any] = field(default_factory=nothing)
    handling: Mapping[str, Any] = field(default_factory=nothing)
    retired: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> FormDef:
        return cls(**{**raw, "steps": tuple(map(StepDef.of, raw["steps"]))})

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def rule(self) -> str:
        """Its name in refusals."""
        return f"{SECTION}:{self.key}"

    @property
    def slug(self) -> str:
        return str(self.settings.get("slug") or self.key.replace("_", "-"))

    @cached_property
    def items(self) -> Mapping[str, ItemDef]:
        return {item.key: item for step in self.steps for item in step.items}

    @cached_property
    def step_of(self) -> Mapping[str, StepDef]:
        """By item."""
        return {item.key: step for step in self.steps for item in step.items}


def forms_of(snapshot: Snapshot) -> Mapping[str, FormDef]:
    found: Mapping[str, FormDef] = snapshot.sections.get(SECTION) or {}
    return found


def in_use(snapshot: Snapshot, channel: str) -> list[FormDef]:
    """Those that can be filled in, whose type is in use."""
    return [
        form
        for form in forms_of(snapshot).values()
        if form.channel == channel
        and not form.retired
        and form.type in snapshot.types
        and not snapshot.types[form.type].retired
    ]
