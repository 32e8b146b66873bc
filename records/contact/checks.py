"""What is wrong with a rule of the contact budget, or with how people are written to, seen with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.keys import is_key
from records.contact.definitions import SURVEY

CONSENTS = ("boolean", "choice", "multi_choice")


def wrong_rule(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    if raw.get("segment") and raw["segment"] not in _keys(draft, "segments"):
        yield _("There is no segment “%(key)s”.") % {"key": raw["segment"]}
    if raw.get("survey") and raw["survey"] not in _keys(draft, "surveys"):
        yield _("There is no survey “%(key)s”.") % {"key": raw["survey"]}
    if raw.get("survey") and SURVEY not in raw["kinds"]:
        yield _("It is about a survey, and does not count surveys.")
    for role in raw.get("roles", ()):
        if role not in _keys(draft, "roles"):
            yield _("There is no role “%(key)s”.") % {"key": role}


def _keys(draft: Draft, section: str) -> set[str]:
    return {raw["key"] for raw in draft.payload.get(section) or []}


def wrong_people(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    record_type = draft.snapshot.types.get(raw["key"])
    if record_type is None:
        yield _("There is no record type “%(key)s”.") % {"key": raw["key"]}
        return
    for name, kinds in (
        ("email", ("email",)),
        ("language", ()),
        ("consent", CONSENTS),
        ("refuses", ("boolean",)),
    ):
        f = record_type.fields.get(raw.get(name, ""))
        if not raw.get(name):
            continue
        if f is None:
            yield _("There is no field “%(key)s”.") % {"key": raw[name]}
        elif kinds and f.type.key not in kinds:
            yield _("“%(field)s” is not the kind of field for this.") % {"field": f.label}
        elif name == "consent":
            yield from _wrong_option(raw, f)


def _wrong_option(raw: Mapping[str, Any], f: Any) -> Iterator[str]:
    if f.type.key != "boolean" and raw.get("option") not in f.choice_map:
        yield _("Say which option of “%(field)s” agrees to mail.") % {"field": f.label}
