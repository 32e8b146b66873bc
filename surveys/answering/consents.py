"""What was agreed to with the answers, kept with its text, its purpose and the moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from forms_builder.handling.consents import text_of
from forms_builder.models import Consent
from surveys.definitions import SurveyDef
from surveys.models import Response


def keep_consents(row: Response, values: Mapping[str, Any], survey: SurveyDef) -> None:
    """Of whoever answers. One that was given, and is taken out of answers that are changed, is withdrawn."""
    about = row.person_id or row.record_id
    for item in survey.questions.values():
        if item.kind != "consent":
            continue
        given = values.get(item.key) is True
        if given == _stands(about, survey, item.key):
            continue
        Consent.objects.create(
            record_id=about,
            purpose=item.options["purpose"],
            given=given,
            text=text_of(item, row.language),
            language=row.language,
            form=survey.key,
            item=item.key,
            config_version=row.config_version,
            at=timezone.now(),
        )


def _stands(about: int | None, survey: SurveyDef, item: str) -> bool:
    if about is None:
        return False
    rows = Consent.objects.filter(record=about, form=survey.key, item=item)
    last = rows.order_by("-at", "-pk").first()
    return last is not None and last.given
