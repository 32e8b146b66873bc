"""Below so many answers nothing is shown, so that nobody is found by what they said."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from surveys.definitions import SurveyDef

USUAL = 5
Key = TypeVar("Key", bound=Hashable)


def floor_of(survey: SurveyDef) -> int:
    return max(int(survey.settings.get("floor") or USUAL), 1)


def hidden(counts: Mapping[Key, int], floor: int) -> frozenset[Key]:
    """The groups of a whole that are not shown: those below the floor, and the smallest others for as long as what is
    hidden could be told from the whole less what is shown."""
    held = {key for key, n in counts.items() if 0 < n < floor}
    shown = sorted((key for key, n in counts.items() if n >= floor), key=lambda key: counts[key])
    while held and shown and (len(held) == 1 or sum(counts[key] for key in held) < floor):
        held.add(shown.pop(0))
    return frozenset(held)
