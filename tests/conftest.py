"""What every test shares: the database and how long properties are tried here, the cast in `tests/cast.py`,
what is made once for many in `tests/kept.py`."""

import hashlib
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pytest_django.plugin import DjangoDbBlocker

from crm_site.garbage import collect_seldom

pytest_plugins = ["tests.kept", "tests.cast"]

hypothesis.settings.register_profile("usual", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file of this run's own: other processes, as the queue's, can then open it too. It begins as
    a copy of one that was migrated before, as long as no migration changed since."""
    if connection.vendor == "sqlite":
        path: Path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        if migrated().exists():
            shutil.copyfile(migrated(), path)
        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    return connection.vendor == "sqlite" or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    if connection.vendor == "sqlite" and not migrated().exists():
        with django_db_blocker.unblock():
            keep_for_later_runs(Path(connection.settings_dict["NAME"]))


def keep_for_later_runs(path: Path) -> None:
    """Put in place in one step: another process may be doing the same."""
    migrated().parent.mkdir(parents=True, exist_ok=True)
    draft = migrated().with_suffix(f".{os.getpid()}")
    connection.close()
    shutil.copyfile(path, draft)
    draft.replace(migrated())


@cache
def migrated() -> Path:
    """A file whose name says which migrations made it."""
    modules = {type(m).__module__ for m in MigrationLoader(None).disk_migrations.values()}
    said = hashlib.sha256()
    for name in sorted(modules):
        said.update(Path(sys.modules[name].__file__ or "").read_bytes())
    return settings.VAR_DIR / "tests" / f"migrated-{said.hexdigest()[:16]}.sqlite3"


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
