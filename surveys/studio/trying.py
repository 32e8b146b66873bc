"""A survey of the working copy answered for a try: nothing is sent, kept, or counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from crm_config.compiler import Draft
from forms_builder.studio.trying import Trying, whole_parts
from surveys.answering.filling import SurveyFilling
from surveys.answering.pictures import small
from surveys.answering.visits import Visit
from surveys.definitions import SurveyDef


@dataclass(eq=False)
class SurveyTrying(Trying, SurveyFilling):
    def _find(self, kind: str, key: str) -> str:
        """There is no record here: its fields are told by their names."""
        if kind == "answer":
            return super()._find(kind, key)
        return f"‹{self._named(kind, key)}›"

    def _named(self, kind: str, key: str) -> str:
        record_type = self.snapshot.types.get(self.form.type)
        f = record_type.all_fields.get(key) if record_type and kind == "record" else None
        return f.label if f is not None else key

    def picture_address(self, image: Any) -> str:
        """Wagtail's own: the public one knows those of published surveys alone."""
        rendition = small(image)
        return rendition.url if rendition is not None else ""

    def renew(self) -> None:
        self.begin({})


def visit_of(survey: SurveyDef) -> Visit:
    return Visit("", survey)


def finished_parts(survey: SurveyDef, draft: Draft) -> SurveyDef:
    """Without the questions that are not finished yet."""
    return replace(survey, steps=whole_parts(replace(survey.form, steps=survey.steps), draft).steps)
