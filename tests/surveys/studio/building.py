"""The addresses of the survey builder, and what the working copy holds."""

from typing import Any

from django.urls import reverse

from forms_builder.studio.arrangement import items_of
from surveys.models import Survey
from tests.surveys.surveying import DONE, options, page, question, survey

LOW = {"field": "nps", "op": "lte", "value": 6}
CALL = {"key": "call", "kind": "person", "labels": {"en": "We call you"}, "when": LOW}


def two_pages(**more: Any) -> dict[str, Any]:
    """Who gives a high score skips the second page."""
    choice = question("why", "single_choice", options={"options": options("price", service=2)})
    said = {
        "steps": [
            page("score", question("nps", "nps", required=True)),
            page("reasons", choice, question("more", "long_text")),
            page("rest", question("tip")),
        ],
        "ends": [CALL, DONE],
        "jumps": [{"after": "score", "to": "rest", "when": {"not": LOW}}],
    }
    return survey("pulse", **{**said, **more})


def address(name: str, *args: Any, survey: str = "pulse") -> str:
    return reverse(f"survey_studio:{name}", args=[survey, *args])


def row(survey: str = "pulse") -> Survey:
    return Survey.objects.get(key=survey)


def known(key: str, survey: str = "pulse") -> dict[str, Any]:
    return next(each for each in items_of(row(survey).steps) if each["key"] == key)
