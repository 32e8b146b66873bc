"""What every test shares: how long properties are tried here, the database in `tests/databases.py`, the cast in
`tests/cast.py`, what is made once for many in `tests/kept.py`."""

import os

import hypothesis
import pytest

from crm_site.garbage import collect_seldom

pytest_plugins = ["tests.databases", "tests.kept", "tests.cast"]

hypothesis.settings.register_profile("usual", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--needing-database",
        action="store_true",
        help="leave out the tests that ask no database: on a second one they would only say the same",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    give_transactional_tests_what_migrations_made(items)
    if config.getoption("--needing-database"):
        left_out = [item for item in items if not needs_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if needs_database(item)]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """As the web server has it."""
    collect_seldom()


def needs_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        {"db", "transactional_db", "live_server"} & set(fixtures_of(item))
    )


def give_transactional_tests_what_migrations_made(items: list[pytest.Item]) -> None:
    """A test with real transactions empties the database after itself. The next one finds again what migrations
    had put there: Wagtail's root page and collection, permissions, schedules."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asked = dict(marker.kwargs) if marker else {}
        if asked.get("transaction") or {"transactional_db", "live_server"} & set(fixtures_of(item)):
            restored = {**asked, "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**restored), append=False)


def fixtures_of(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])
