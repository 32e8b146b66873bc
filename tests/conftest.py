"""What every test shares: the database and how long properties are tried here, the cast in `tests/cast.py`."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.db import connection

pytest_plugins = ["tests.cast"]

hypothesis.settings.register_profile("usual", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file of this run's own: other processes, as the queue's, can then open it too."""
    if connection.vendor == "sqlite":
        path: Path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
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
