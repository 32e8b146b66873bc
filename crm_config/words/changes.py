"""A change-set in words: grouped by the object that changes, each change with what was and what will be."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.diff import Difference
from crm_config.sections.base import Path
from crm_config.words import registry
from crm_config.words.sentence import Sentence, Text
from crm_config.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Change:
    """One difference as it is told. `id` names it in addresses: the same change has the same one."""

    difference: Difference
    sentence: Sentence
    before: str
    after: str

    @property
    def id(self) -> str:
        return change_id(self.difference)

    @property
    def path(self) -> Path:
        return self.difference.path


@dataclass(frozen=True)
class Group:
    """The changes of one object: a record type, a role, the company."""

    section: Text
    name: str
    path: Path
    changes: Sequence[Change]


def change_id(difference: Difference) -> str:
    """Kind, place and both values, so that a stale page cannot discard a newer change unseen."""
    said = [difference.kind, difference.path, difference.before, difference.after]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def in_words(
    differences: Iterable[Difference], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Group]:
    """The differences of two payloads, told; `before` and `after` are the payloads."""
    vocabulary = Vocabulary(before, after)
    grouped: dict[Path, list[Change]] = {}
    for difference in differences:
        change = told(difference, vocabulary)
        grouped.setdefault(
            difference.path[:2] if _keyed(difference) else difference.path[:1], []
        ).append(change)
    return [_group(path, changes, vocabulary) for path, changes in grouped.items()]


def _keyed(difference: Difference) -> bool:
    return difference.path[0] != "company"


def _group(path: Path, changes: Sequence[Change], vocabulary: Vocabulary) -> Group:
    words = registry.of(path[0])
    return Group(words.label, words.group(path, vocabulary), path, changes)


def told(difference: Difference, vocabulary: Vocabulary) -> Change:
    words = registry.of(difference.path[0])
    return Change(
        difference=difference,
        sentence=words.describe(difference, vocabulary),
        before=words.show(difference, difference.before, vocabulary),
        after=words.show(difference, difference.after, vocabulary),
    )
