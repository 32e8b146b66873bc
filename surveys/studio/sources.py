"""Where the values of follow-ups come from, as the studio offers them: answers, the record, the day, the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.words.plain import shown_labels
from records.forms.giving_row import Group
from surveys.definitions import SurveyDef
from surveys.following.values import source_of
from surveys.piping import NO_WORDS, person_type
from surveys.questions import BY_KEY, measure_of

NUMBERS = frozenset({"nps", "csat", "ces", "rating", "number"})


class AnswerSources:
    def __init__(self, survey: SurveyDef, snapshot: Snapshot) -> None:
        self.survey, self.snapshot = survey, snapshot
        self.languages: Sequence[str] = snapshot.company.languages
        self.formulas = False

    @cached_property
    def _asked(self) -> list[tuple[str, str, str]]:
        """Key, name and measure of each question, hidden values among them."""
        return [
            (item.key, shown_labels(item.labels) or item.key, measure_of(item))
            for item in self.survey.questions.values()
            if item.kind in BY_KEY or item.kind == "hidden"
        ]

    @property
    def _own(self) -> TypeDef | None:
        """Nothing of it is told in anonymous surveys."""
        return None if self.survey.is_anonymous else self.snapshot.types.get(self.survey.type)

    @cached_property
    def _groups(self) -> list[Group]:
        own = self._own
        found: list[Group] = [
            (gettext_lazy("The answer to"), [(f"answer:{k}", name) for k, name, _m in self._asked])
        ]
        if own is not None:
            courses = [(f"trend:{k}", n) for k, n, m in self._asked if m in NUMBERS]
            fields = [(f"from:{f.key}", f.label) for f in own.all_fields.values() if not f.retired]
            found += [
                (gettext_lazy("Better, same or worse than before"), courses),
                (gettext_lazy("Of the record that was asked about"), fields),
            ]
        return [*found, (gettext_lazy("Of the answers as a whole"), [("score:", _("Their score"))])]

    def groups(self, f: FieldDef) -> Sequence[Group]:
        return self._groups

    def raw(self, code: str) -> Any:
        kind, _colon, key = code.partition(":")
        return {kind: key or True}

    def code(self, raw: Any) -> str:
        kind = source_of(raw)
        if kind == "score":
            return "score:"
        return f"{kind}:{raw[kind]}" if kind in ("answer", "trend", "from") else ""

    def value(self, value: Any) -> Any:
        return value

    def of_value(self, raw: Any) -> Any:
        return None if source_of(raw) else raw

    def formula(self, text: str) -> Any:
        raise NotImplementedError

    def of_formula(self, raw: Any) -> str:
        return ""

    def day(self, days: int) -> Any:
        return {"today": days}

    def days(self, raw: Any) -> int | None:
        days = raw["today"] if source_of(raw) == "today" else None
        return days if isinstance(days, int) and not isinstance(days, bool) else None

    def texts(self, raw: Any) -> Mapping[str, str] | None:
        """One text is the same in all languages."""
        if isinstance(raw, str):
            return {self.languages[0]: raw}
        found = raw["text"] if source_of(raw) == "text" else None
        return found if isinstance(found, Mapping) else None

    def text(self, texts: Mapping[str, str]) -> Any:
        first = self.languages[0]
        return texts[first] if set(texts) == {first} else {"text": dict(texts)}

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """Of the record and the person, their titles first."""
        wordless = {item.key for item in self.survey.questions.values() if item.kind in NO_WORDS}
        found = [(f"{{answer.{k}}}", n) for k, n, _m in self._asked if k not in wordless]
        if self._own is None:
            return found
        person = person_type(self.survey, self.snapshot)
        kinds = {"record": self._own, "person": person}
        for kind, record_type in kinds.items():
            if record_type is not None:
                fields = [f for f in record_type.active if f.type.group != "file"]
                found += [
                    (f"{{{kind}.title}}", record_type.label),
                    *((f"{{{kind}.{f.key}}}", f"{record_type.label}: {f.label}") for f in fields),
                ]
        return found
