"""Fixtures that are made once for all tests in a row that ask for them.

Publishing even a small company costs more than most tests. What a `kept` fixture writes stays in a transaction
around those of the tests, as `setUpTestData` keeps it for a class; each test gets a copy of what it returned.
A test that asks for other ones, or for real transactions, finds nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
from django.db import connection, transaction

Make = Callable[..., Any]


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
        below = {level.make.__name__: level for level in self.levels}
        value = make(**{name: below[name].copy() for name in asked_by(make)})
        self.levels.append(Level(make, value, around))

    def roll_back(self, *, to: int = 0) -> None:
        while len(self.levels) > to:
            level = self.levels.pop()
            transaction.set_rollback(True)
            level.around.__exit__(None, None, None)


def makers(request: pytest.FixtureRequest) -> list[Make]:
    """Of the kept fixtures that the test asks for, each after those it asks for itself."""
    found: list[Make] = []
    known = request._pyfuncitem._fixtureinfo.name2fixturedefs

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
    # On PostgreSQL what is built upon others is made for each test, until the whole suite was seen to hold there.
    return [make for make in found if connection.vendor == "sqlite" or not asked_by(make)]


@pytest.fixture(scope="session")
def keeping(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kept]:
    held = Kept()
    yield held
    with django_db_blocker.unblock():
        held.roll_back()


@pytest.fixture
def kept_rows(request: pytest.FixtureRequest, keeping: Kept, django_db_blocker: Any) -> Kept:
    with django_db_blocker.unblock():
        keeping.hold([] if really_commits(request) else makers(request))
    return keeping


def really_commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.fixture
def _django_db_helper(kept_rows: Kept, _django_db_helper: None) -> None:
    """The transaction of a test begins within those of what is kept."""
    assert connection.in_atomic_block or not kept_rows.levels
