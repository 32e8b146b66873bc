"""What an audit can find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

#: So many records are named for each kind of fault.
MOST_NAMED = 20


@dataclass(frozen=True)
class Kind:
    """`note`: a state that may stand, told so that it is known. `mended`: a repair puts it right."""

    code: str
    says: str
    mended: bool = False
    note: bool = False


KINDS = {
    kind.code: kind
    for kind in (
        Kind("null", "an empty value is stored as null", mended=True),
        Kind("unreadable", "a value is not of the JSON type that its field stores"),
        Kind("not_canonical", "a value is not written as its field writes it", mended=True),
        Kind("refused", "a value is none that its field could hold"),
        Kind("unknown_key", "a key belongs to no field"),
        Kind("wrong_column", "a value stands in the column of the other kind of values"),
        Kind(
            "removed_field",
            "values of a field that was removed: purge_field removes them",
            note=True,
        ),
        Kind("left_behind", "a value did not convert when its field changed its kind", note=True),
        Kind("not_converted", "a value stands in a former form of its field", mended=True),
        Kind("stale_title", "the title is not what the template gives", mended=True),
        Kind("stale_norm", "the normalised texts are not those of the values", mended=True),
        Kind("stale_search", "the search entries are not those of the values", mended=True),
        Kind("surplus_unique", "a unique value is held that the record does not have", mended=True),
        Kind("missing_unique", "a unique value is not held", mended=True),
        Kind("duplicate", "another record has the same unique value"),
        Kind("link_to_nothing", "a link leads to a record that is not there", mended=True),
        Kind(
            "link_to_wrong_type", "a link leads to a record of a type that the field does not take"
        ),
        Kind("link_to_archived", "a link leads to an archived record", note=True),
        Kind("several_links", "a field that takes one record links to several"),
        Kind("link_of_no_field", "links of a field that is not there, or is no link", note=True),
        Kind("type_is_not_the_ids", "the type is not the one that the id tells", mended=True),
        Kind(
            "no_such_type",
            "records of a type that is not configured: purge_type removes them",
            note=True,
        ),
        Kind("no_partition", "the type has no partition", mended=True),
        Kind("no_sequence", "the type has no sequence for its ids", mended=True),
        Kind("sequence_behind", "the next id of the type is one that is taken", mended=True),
        Kind("missing_index", "an index that a field asks for is not there", mended=True),
        Kind(
            "surplus_index",
            "an index is there that no field asks for, or is not whole",
            mended=True,
        ),
    )
}


@dataclass(frozen=True)
class Fault:
    """One fault. `record` is an id, or 0 where it is about a table; `about` names the field, key or index."""

    code: str
    type: str = ""
    about: str = ""
    record: int = 0

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]


@dataclass
class Report:
    """Faults that stand and those that were repaired, counted by kind, type and what they are about."""

    records: Counter[str] = field(default_factory=Counter)
    standing: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    repaired: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    named: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def add(self, found: Iterable[Fault], *, left: Iterable[Fault] | None = None) -> None:
        """What was found; with `left`, what of it still stands after a repair."""
        before = Counter(found)
        after = before if left is None else Counter(left)
        self._count(self.standing, after)
        self._count(self.repaired, before - after)

    def _count(self, into: Counter[tuple[str, str, str]], faults: Counter[Fault]) -> None:
        for fault, number in faults.items():
            place = (fault.code, fault.type, fault.about)
            into[place] += number
            named = self.named.setdefault(place, [])
            if fault.record and len(named) < MOST_NAMED and fault.record not in named:
                named.append(fault.record)

    @property
    def clean(self) -> bool:
        """Nothing stands but what may."""
        return all(KINDS[code].note for code, _type, _about in self.standing)

    def as_json(self) -> dict[str, Any]:
        return {
            "records": dict(sorted(self.records.items())),
            "clean": self.clean,
            "faults": [self._row(place) for place in sorted({*self.standing, *self.repaired})],
        }

    def _row(self, place: tuple[str, str, str]) -> dict[str, Any]:
        code, type_key, about = place
        return {
            "code": code,
            "says": KINDS[code].says,
            "note": KINDS[code].note,
            "type": type_key,
            "about": about,
            "standing": self.standing[place],
            "repaired": self.repaired[place],
            "records": self.named.get(place, []),
        }
