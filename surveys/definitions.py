"""Surveys as they are published. Pages and questions are those of a form: `forms_builder.definitions`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, nothing
from forms_builder.definitions import FormDef, ItemDef, StepDef
from forms_builder.items.registry import ITEMS

SECTION = "surveys"
#: The channel of the form that a survey's questions make up.
CHANNEL = "survey"
END_KINDS: Mapping[str, Any] = {
    "thanks": _("Thanks"),
    "person": _("Hands over to a person"),
    "review": _("Asks for a public review"),
    "screened": _("Not needed: the group is full"),
}


@dataclass(frozen=True, eq=False)
class JumpDef:
    """After the page `after`, while the condition holds, the page or end `to` comes next. Only forward."""

    after: str
    to: str
    when: Any = None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> JumpDef:
        return cls(raw["after"], raw["to"], raw.get("when"))


@dataclass(frozen=True, eq=False)
class EndDef:
    """The first whose condition holds is shown; one without a condition always fits."""

    key: str
    kind: str = "thanks"
    labels: Mapping[str, str] = field(default_factory=nothing)
    text: Mapping[str, str] = field(default_factory=nothing)
    when: Any = None
    url: str = ""
    button: Mapping[str, str] = field(default_factory=nothing)

    @property
    def label(self) -> str:
        return labels.text(self.labels)


@dataclass(frozen=True, eq=False)
class QuotaDef:
    """Of the answers that fit the condition, `most` are wanted; further ones go to the end `then`."""

    key: str
    most: int
    when: Any = None
    then: str = ""
    labels: Mapping[str, str] = field(default_factory=nothing)


@dataclass(frozen=True, eq=False)
class FollowUpDef:
    """What is made of a response that fits: see `surveys.following`."""

    key: str
    when: Any
    labels: Mapping[str, str] = field(default_factory=nothing)
    #: In days, until when somebody has to have reacted.
    days: int = 2
    #: To whom it falls: {"of": "owner" | "team"}, {"user": name}, {"role": key}.
    to: Mapping[str, Any] = field(default_factory=nothing)
    #: A record that is made for it: {"type", "link", "set": {field: raw value, merge fields in texts}}.
    make: Mapping[str, Any] = field(default_factory=nothing)
    #: Values set on the person: {field: {"answer": question} or a raw value}.
    set: Mapping[str, Any] = field(default_factory=nothing)
    #: Lists kept by hand (segments) that the person is put on.
    lists: tuple[str, ...] = ()
    notify: bool = True
    #: Whether what came of it is to be said on the follow-up itself, also where its work is done.
    outcome: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> FollowUpDef:
        return cls(**{**raw, "lists": tuple(raw.get("lists", ()))})

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


@dataclass(frozen=True, eq=False)
class SurveyDef:
    """`settings` say how it is answered and who reads it, `sending` how people are asked."""

    key: str
    type: str
    steps: tuple[StepDef, ...]
    ends: tuple[EndDef, ...]
    labels: Mapping[str, str] = field(default_factory=nothing)
    intro: Mapping[str, str] = field(default_factory=nothing)
    submit: Mapping[str, str] = field(default_factory=nothing)
    jumps: tuple[JumpDef, ...] = ()
    quotas: tuple[QuotaDef, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=nothing)
    sending: Mapping[str, Any] = field(default_factory=nothing)
    follow_ups: tuple[FollowUpDef, ...] = ()
    retired: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> SurveyDef:
        parts = {
            "steps": tuple(map(StepDef.of, raw["steps"])),
            "ends": tuple(EndDef(**end) for end in raw["ends"]),
            "jumps": tuple(map(JumpDef.of, raw.get("jumps", ()))),
            "quotas": tuple(QuotaDef(**quota) for quota in raw.get("quotas", ())),
            "follow_ups": tuple(map(FollowUpDef.of, raw.get("follow_ups", ()))),
        }
        return cls(**{**raw, **parts})

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def rule(self) -> str:
        """Its name in refusals."""
        return f"{SECTION}:{self.key}"

    @property
    def is_anonymous(self) -> bool:
        return bool(self.settings.get("anonymous"))

    @cached_property
    def form(self) -> FormDef:
        """Its questions as the form engine reads them, with those that come along with others (the text of
        “other”); jumps are not in it, see `surveys.flow`."""
        return FormDef(
            key=self.key,
            type=self.type,
            steps=tuple(map(with_companions, self.steps)),
            labels=self.labels,
            intro=self.intro,
            submit=self.submit,
            channel=CHANNEL,
        )

    @property
    def questions(self) -> Mapping[str, ItemDef]:
        """All items, by key."""
        return self.form.items


def with_companions(step: StepDef) -> StepDef:
    """Each question is followed by what comes along with it."""
    sections = []
    for section in step.sections:
        items: list[ItemDef] = []
        for item in section.items:
            kind = ITEMS.get(item.kind)
            items += [item, *(kind.companions(item) if kind else ())]
        sections.append(replace(section, items=tuple(items)))
    return replace(step, sections=tuple(sections))


def surveys_of(snapshot: Snapshot) -> Mapping[str, SurveyDef]:
    found: Mapping[str, SurveyDef] = snapshot.sections.get(SECTION) or {}
    return found


def survey_of(snapshot: Snapshot, key: str) -> SurveyDef | None:
    """One that is in use; None also where its type is archived."""
    found = surveys_of(snapshot).get(key)
    if found is None or found.retired or found.type not in snapshot.types:
        return None
    return None if snapshot.types[found.type].retired else found
