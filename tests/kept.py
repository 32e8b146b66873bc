"""Fixtures that are made once for all tests in a row that ask for them.

Publishing even a small company costs more than most tests. What a `kept` fixture writes stays in a transaction
around those of the tests, as `setUpTestData` keeps it for a class; each test gets a copy of what it returned.
A test that asks for other ones, or for real transactions, finds nothing of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

Make = Callable[..., Any]
LONGEST_ROW = 60


def kept(make: Make) -> Any:
    """The fixture named as the function. What the function asks for by its parameters is kept too; where a
    module has put another fixture in such a place, it is made anew for each test."""

    def given(request: pytest.FixtureRequest, db: None, **asked: Any) -> Any:
        if made := request.getfixturevalue("kept_rows").get(make):
            return made.copy()
        return make(**asked)

    # What the function asks for is then part of what the test asks for.
    more = [Parameter(name, Parameter.KEYWORD_ONLY) for name in asked_by(make)]
    named = [each for each in signature(given).parameters.values() if each.name != "asked"]
    given.__signature__ = Signature([*named, *more])
    given.make = make
    given.__module__ = make.__module__
    return pytest.fixture(name=make.__name__)(given)


def asked_by(make: Make) -> list[str]:
    return list(signature(make).parameters)


@dataclass
class Level:
    """`around` is the transaction that ends with it."""

    make: Make
    value: Any
    around: Any

    def copy(self) -> Any:
        """What cannot be copied, such as somebody's `Access` with its frozen snapshot, is handed out as it is."""
        try:
            return deepcopy(self.value)
        except TypeError:
            return self.value


@dataclass
class Kept:
    levels: list[Level] = field(default_factory=list)

    def get(self, make: Make) -> Level | None:
        return next((level for level in self.levels if level.make is make), None)

    def hold(self, wanted: Sequence[Make]) -> None:
        """Exactly what is wanted: the rest is rolled back, and what was made after it."""
        stay = 0
        while stay < len(self.levels) and self.levels[stay].make in wanted:
            stay += 1
        self.roll_back(to=stay)
        for make in wanted:
            if not self.get(make):
                self._make(make)

    def _make(self, make: Make) -> None:
        around = transaction.atomic()
        # As Django's own `TestCase` does, so that code which asks for a transaction of its own runs in here.
        around._from_testcase = True
        around.__enter__()
        level = Level(make, None, around)
        below = {each.make.__name__: each for each in self.levels}
        self.levels.append(level)
        try:
            level.value = make(**{name: below[name].copy() for name in asked_by(make)})
        except BaseException:
            # Half of it would be found by the next test.
            self.roll_back(to=len(self.levels) - 1)
            raise

    def roll_back(self, *, to: int = 0) -> None:
        while len(self.levels) > to:
            level = self.levels.pop()
            transaction.set_rollback(True)
            level.around.__exit__(None, None, None)


def makers(item: pytest.Item) -> list[Make]:
    """Of the kept fixtures that the test asks for, each after those it asks for itself."""
    found: list[Make] = []
    if not isinstance(item, pytest.Function):
        return found
    known = item._fixtureinfo.name2fixturedefs

    def add(name: str) -> bool:
        fixtures = known.get(name)
        make = getattr(fixtures[-1].func, "make", None) if fixtures else None
        if make is None or not all(map(add, asked_by(make))):
            return False
        if make not in found:
            found.append(make)
        return True

    for name in known:
        add(name)
    return found


@pytest.fixture(scope="session")
def keeping(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kept]:
    held = Kept()
    yield held
    with django_db_blocker.unblock():
        held.roll_back()


@pytest.fixture
def kept_rows(request: pytest.FixtureRequest, keeping: Kept, django_db_blocker: Any) -> Kept:
    with django_db_blocker.unblock():
        keeping.hold([] if really_commits(request.node) else makers(request.node))
    return keeping


def really_commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file that ask for kept fixtures run in one process, in rows that are not too long to share out:
    before xdist reads the groups, for `--dist loadgroup`."""
    counted: Counter[Path] = Counter()
    for item in items:
        if not really_commits(item) and makers(item):
            counted[item.path] += 1
            row = counted[item.path] // LONGEST_ROW
            item.add_marker(
                pytest.mark.xdist_group(f"{item.path.parent.name}/{item.path.stem}-{row}")
            )


@pytest.fixture
def _django_db_helper(kept_rows: Kept, _django_db_helper: None) -> None:
    """The transaction of a test begins within those of what is kept."""
    assert connection.in_atomic_block or not kept_rows.levels
