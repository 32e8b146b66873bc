"""What is to be written for the sample company: steps with a day, in nobody's order yet."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

SEED = 20
#: How far back the company remembers.
DAYS = 540

T = TypeVar("T")


@dataclass(frozen=True)
class Ref:
    """A record that is planned. In values it stands for the id that the record will get."""

    token: int
    day: date


@dataclass(frozen=True, eq=False)
class Step:
    """One write: the creation of `ref` when `type` is given, else a change of it."""

    ref: Ref
    day: date
    by: str
    type: str
    values: dict[str, Any]

    def needs(self) -> Iterator[Ref]:
        if not self.type:
            yield self.ref
        yield from refs(self.values)


def refs(values: Mapping[str, Any]) -> Iterator[Ref]:
    for value in values.values():
        members = value if isinstance(value, list) else [value]
        yield from (member for member in members if isinstance(member, Ref))


@dataclass
class Plan:
    """Collects steps. All chance comes from `rng`, so that one seed gives one company. What is `closing` is done
    when all steps are."""

    today: date
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    steps: list[Step] = field(default_factory=list)
    closing: list[Step] = field(default_factory=list)

    @property
    def start(self) -> date:
        return self.today - timedelta(days=DAYS)

    def new(self, record_type: str, day: date, by: str, **values: Any) -> Ref:
        """Values that are None are left out. What lies in the future is entered today, and nothing
        before what it points at."""
        given = {key: value for key, value in values.items() if value is not None}
        known = max((ref.day for ref in refs(given)), default=self.start)
        ref = Ref(len(self.steps), max(known, min(day, self.today)))
        self.steps.append(Step(ref, ref.day, by, record_type, given))
        return ref

    def change(self, ref: Ref, day: date, by: str, **values: Any) -> None:
        """Nothing, where the day is still to come."""
        day = max(day, ref.day, *(each.day for each in refs(values)))
        if day <= self.today:
            self.steps.append(Step(ref, day, by, "", values))

    def close(self, ref: Ref, by: str, **values: Any) -> None:
        self.closing.append(Step(ref, self.today, by, "", values))

    # -- chance

    def some(self, among: Sequence[T]) -> T:
        return self.rng.choice(among)

    def weighted(self, among: Sequence[tuple[T, int]]) -> T:
        return self.rng.choices(
            [each for each, _weight in among], [weight for _each, weight in among]
        )[0]

    def chance(self, percent: int) -> bool:
        return self.rng.random() * 100 < percent

    def day(self, first: date | None = None, last: date | None = None) -> date:
        """A working day between two others."""
        first, last = first or self.start, last or self.today
        drawn = first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))
        return max(first, drawn - timedelta(days=max(0, drawn.weekday() - 4)))

    def after(self, day: date, least: int, most: int) -> date:
        return self.day(day + timedelta(days=least), day + timedelta(days=most))

    def moment(self, day: date) -> datetime:
        """On a quarter of an hour within office hours."""
        return datetime.combine(
            day, time(self.rng.randint(6, 14), self.rng.choice((0, 15, 30, 45))), UTC
        )

    def digits(self, pattern: str) -> str:
        return "".join(str(self.rng.randint(0, 9)) if c == "#" else c for c in pattern)
