"""What a kind of promise is: which arguments it takes, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm_config.definitions import ACTIONS
from crm_config.words.sentence import AsItStands, Sentence, say

Text = str | Promise


class Names(Protocol):
    """How what a promise names is called."""

    def role(self, key: str) -> str: ...

    def record_type(self, key: str) -> str: ...

    def field(self, record_type: str, key: str) -> str: ...

    def condition(self, record_type: str, raw: Any) -> str:
        """The condition as it goes on after “where”."""


@dataclass(frozen=True, eq=False)
class PromiseKind:
    """`needs` and `takes` name arguments, in the order of the form; what is in neither is refused. `asker`
    says whether its condition may speak of “me”: of each person in turn whose rights are looked at.
    """

    key: str
    label: Text
    description: Text
    example: Text
    icon: str
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ACTIONS
    asker: bool = True

    @property
    def arguments(self) -> tuple[str, ...]:
        return (*self.needs, *self.takes)

    def says(self, arguments: Mapping[str, Any], names: Names) -> Sentence:
        raise NotImplementedError


def with_condition(sentence: Sentence, arguments: Mapping[str, Any], names: Names) -> Sentence:
    """The sentence, ended; with “where …” if there is a condition."""
    raw = arguments.get("condition")
    if raw is None:
        return say(f"{sentence.template}.", **sentence.parts)
    template = _("{promise}, where {condition}.").replace("{promise}", str(sentence.template))
    told = AsItStands(names.condition(str(arguments.get("type")), raw))
    return say(template, **sentence.parts, condition=told)


def put(template: str, **words: Text) -> str:
    """Words of ours into the sentence: unlike names, they are not marked."""
    for name, word in words.items():
        template = template.replace(f"{{{name}}}", str(word))
    return template


def each_of(roles: list[str], names: Names) -> tuple[str, dict[str, str]]:
    """Places for the roles in a sentence, and what stands there: each is a name of its own."""
    places = {f"role{n}": names.role(key) for n, key in enumerate(roles)}
    return joined([f"{{{place}}}" for place in places]), places


def joined(names: list[str]) -> str:
    """“Finance, Sales or Support”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
