"""What live records say about the configuration: how full a field is, and what a change would do to them.

The app that holds the records registers its `Insights`; without one, nothing is known and nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crm_config.definitions import FieldDef
from crm_config.models import User


@dataclass(frozen=True)
class FieldFacts:
    """How a field is filled in: of `total` records `filled` have a value; `top` are the most frequent
    values as people read them, with how often they occur."""

    total: int
    filled: int
    top: Sequence[tuple[str, int]] = ()

    @property
    def percent(self) -> int:
        return round(100 * self.filled / self.total) if self.total else 0


@dataclass(frozen=True)
class RetypeImpact:
    """What becomes of the values when a field changes its kind: `kept` convert, `lost` do not; `samples`
    are some of the values that do not, each with the reason. What is not `possible` cannot be published
    while there are values."""

    kept: int
    lost: int
    samples: Sequence[tuple[str, str]] = field(default_factory=tuple)
    possible: bool = True


class Insights:
    """Base, which knows nothing. None means "not known"; fields and types are named as published. Numbers are
    told of all records; values as far as `user` sees the records and reads the field, to nobody none."""

    def record_count(self, record_type: str) -> int | None:
        return None

    def field_facts(self, record_type: str, key: str, *, user: User | None) -> FieldFacts | None:
        return None

    def option_counts(self, record_type: str, key: str) -> dict[str, int]:
        """How many records hold each option of a choice field; options without records may be absent."""
        return {}

    def retype_impact(
        self, record_type: str, key: str, to: FieldDef, *, user: User | None
    ) -> RetypeImpact | None:
        """`to` is the field as it would be."""
        return None


_registered: list[Insights] = []


def register(insights: Insights) -> None:
    if _registered:
        raise RuntimeError("Insights were registered already: only one app holds the records.")
    _registered.append(insights)


def get() -> Insights:
    return _registered[0] if _registered else Insights()
