"""From a path in the payload to the screen where it is changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from crm_config.sections.base import Path, Reference
from crm_config.words import Vocabulary, place

TABS = {
    "columns": "columns",
    "sort": "columns",
    "sections": "fields",
    "fields": "fields",
}
OBJECT, MEMBER = 2, 4


def _record_type(path: Path) -> str:
    if len(path) < OBJECT:
        return reverse("studio:home")
    if len(path) >= MEMBER and path[2] == "fields":
        return reverse("studio:field", args=[path[1], path[3]])
    tab = TABS.get(path[2], "settings") if len(path) > OBJECT else ""
    return reverse("studio:type", args=[path[1]]) + (f"#tab-{tab}" if tab else "")


def _role(path: Path) -> str:
    return reverse("studio:role", args=[path[1]]) if path[1:] else reverse("studio:roles")


def _company(path: Path) -> str:
    return reverse("studio:company")


def _segment(path: Path) -> str:
    return reverse("studio:segment", args=[path[1]]) if path[1:] else reverse("studio:home")


def _promise(path: Path) -> str:
    return reverse("studio:promise", args=[path[1]]) if path[1:] else reverse("studio:promises")


_screens: dict[str, Callable[[Path], str]] = {
    "record_types": _record_type,
    "roles": _role,
    "company": _company,
    "segments": _segment,
    "promises": _promise,
}


def register(section: str, screen: Callable[[Path], str]) -> None:
    """Higher apps say where the objects of their sections are changed."""
    if section in _screens:
        raise RuntimeError(f"The section {section!r} has its screens already.")
    _screens[section] = screen


def screen(path: Path) -> str:
    """Where the object is changed; empty where no screen shows it."""
    found = _screens.get(path[0]) if path else None
    return found(path) if found else ""


@dataclass(frozen=True)
class Use:
    """One place that refers to something: what it is called, how it refers, and where it is changed."""

    name: str
    how: str
    url: str


def uses(references: Iterable[Reference], vocabulary: Vocabulary) -> list[Use]:
    """Each place once."""
    found = {
        (r.source, r.how): Use(place(r.source, vocabulary), r.how, screen(r.source))
        for r in references
    }
    return list(found.values())
