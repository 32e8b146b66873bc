"""Who words which section of the configuration."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from crm_config.diff import Difference
from crm_config.sections.base import Path
from crm_config.words.plain import plain, shown
from crm_config.words.sentence import Sentence, Text
from crm_config.words.vocabulary import Vocabulary


def shown_plainly(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    return shown(value)


def named_by_label(path: Path, vocabulary: Vocabulary) -> str:
    return vocabulary.name(path[:2]) if path[1:] else capfirst(path[0].replace("_", " "))


@dataclass(frozen=True)
class SectionWords:
    """`describe` words a difference; `show` words its value before or after; `group` names the object on the
    screen under which a path is told."""

    label: Text
    describe: Callable[[Difference, Vocabulary], Sentence] = plain
    show: Callable[[Difference, Any, Vocabulary], str] = shown_plainly
    group: Callable[[Path, Vocabulary], str] = named_by_label


_registered: dict[str, SectionWords] = {}


def register(section: str, words: SectionWords) -> None:
    """Higher apps say here, in `AppConfig.ready()`, how their sections are told."""
    if section in _registered:
        raise RuntimeError(f"The section {section!r} was worded already.")
    _registered[section] = words


def of(section: str) -> SectionWords:
    """Plain words where nobody gave better ones."""
    return _registered.get(section) or SectionWords(capfirst(section.replace("_", " ")))
