"""The mail of a survey as it stands in the working copy, with names of fields for what each reader is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from crm_config.words.plain import language
from surveys.definitions import SurveyDef

FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*)\s*\}\}")


@dataclass(frozen=True)
class Mail:
    """`unknown` are merge fields that nothing stands for."""

    code: str
    language: str
    subject: str
    body: str
    unknown: list[str]


def mails(survey: SurveyDef, snapshot: Snapshot, languages: Sequence[str]) -> list[Mail]:
    """In each language in which something is written."""
    subject, body = (survey.sending.get(name) or {} for name in ("subject", "body"))
    return [
        _mail(survey, snapshot, code, subject.get(code, ""), body.get(code, ""))
        for code in languages
        if subject.get(code) or body.get(code)
    ]


def _mail(survey: SurveyDef, snapshot: Snapshot, code: str, subject: str, body: str) -> Mail:
    unknown: list[str] = []
    with translation.override(code):
        known = {
            "survey": survey.label,
            "company": snapshot.company.name,
            "link": _("‹the address of the survey›"),
        }

        def fill(text: str) -> str:
            return FIELD.sub(lambda found: _told(found[1], known, survey, snapshot, unknown), text)

        return Mail(code, language(code), fill(subject), fill(body), unknown)


def _told(
    name: str, known: dict[str, str], survey: SurveyDef, snapshot: Snapshot, unknown: list[str]
) -> str:
    if name in known:
        return known[name]
    first, _dot, _rest = name.partition(".")
    record_type = snapshot.types.get(survey.type)
    f = record_type.all_fields.get(first) if record_type else None
    if f is None:
        unknown.append(name)
        return ""
    return f"‹{f.label}›"
