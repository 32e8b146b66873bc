"""The kinds of questions, one file each. Texts, consents and hidden values are those of forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forms_builder.definitions import ItemDef
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.registry import ITEMS
from surveys.questions.base import AnswerRow, QuestionKind
from surveys.questions.ces import CesQuestion
from surveys.questions.contact import ContactQuestion
from surveys.questions.csat import CsatQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.dropdown import DropdownQuestion
from surveys.questions.file import FileQuestion
from surveys.questions.long_text import LongTextQuestion
from surveys.questions.matrix import MatrixQuestion
from surveys.questions.multiple_choice import MultipleChoiceQuestion
from surveys.questions.nps import NpsQuestion
from surveys.questions.number import NumberQuestion
from surveys.questions.plain import plain_rows
from surveys.questions.ranking import RankingQuestion
from surveys.questions.rating import RatingQuestion
from surveys.questions.short_text import ShortTextQuestion
from surveys.questions.single_choice import SingleChoiceQuestion
from surveys.questions.slider import SliderQuestion

__all__ = ["KINDS", "AnswerRow", "QuestionKind", "answers_of", "kind_of", "measure_of"]

KINDS: tuple[QuestionKind, ...] = (
    NpsQuestion(),
    CsatQuestion(),
    CesQuestion(),
    RatingQuestion(),
    SingleChoiceQuestion(),
    MultipleChoiceQuestion(),
    DropdownQuestion(),
    RankingQuestion(),
    MatrixQuestion(),
    ShortTextQuestion(),
    LongTextQuestion(),
    NumberQuestion(),
    DateQuestion(),
    SliderQuestion(),
    FileQuestion(),
    ContactQuestion(),
)
BY_KEY: Mapping[str, QuestionKind] = {kind.key: kind for kind in KINDS}


def kind_of(item: ItemDef) -> ItemKind | None:
    return ITEMS.get(item.kind)


def measure_of(item: ItemDef) -> str:
    """How results count it: "nps", "csat", "ces", "rating", "choice", "number", "text", or "" for not at all."""
    kind = BY_KEY.get(item.kind)
    return kind.measure if kind else ""


def brought_along(item: ItemDef) -> bool:
    """A hidden value that a field of the record holds: nobody answered it."""
    return item.kind == "hidden" and bool(item.options.get("field"))


def answers_of(place: Place, value: Any) -> Iterable[AnswerRow]:
    """The canonical value of any item as rows for counting. What the record brings along is none: whoever reads
    results asks the record for it, with rights of their own."""
    if brought_along(place.item):
        return ()
    kind = BY_KEY.get(place.item.kind)
    return kind.answers(place, value) if kind else plain_rows(place, value)
