"""The database of a test run: begun as a copy of one that was migrated before, and emptied quickly.

Each process of a run has its own. The first one to find that nothing was migrated yet does so, and the others wait
for it; SQLite's file stays for later runs, as long as no migration changes, and so does PostgreSQL's database
where the server stays.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import serializers
from django.core.serializers.base import DeserializedObject
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from pytest_django.plugin import DjangoDbBlocker


@dataclass
class Beginning:
    """`copied`: everything is there, and there is nothing to migrate. Until `done`, other processes wait."""

    copied: bool
    patch: pytest.MonkeyPatch = field(default_factory=pytest.MonkeyPatch)
    lock: Any = None

    def done(self) -> None:
        self.patch.undo()
        self.lock.close()


@pytest.fixture(scope="session")
def beginning(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Beginning:
    """SQLite is in a file of this run's own: other processes, as the queue's, can then open it too."""
    folder().mkdir(parents=True, exist_ok=True)
    lock = (folder() / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)
    with django_db_blocker.unblock():
        begun = Beginning(copied=copy(migrated(), own_name()), lock=lock)
    if begun.copied:
        # Even with nothing to do, `migrate` asks about each model.
        begun.patch.setattr("django.core.management.call_command", lambda *_, **__: None)
    return begun


@pytest.fixture(scope="session")
def django_db_modify_db_settings(beginning: Beginning) -> None:
    """What is to be begun with is there before Django looks."""


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, beginning: Beginning) -> bool:
    return beginning.copied or connection.vendor == "sqlite" or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(
    beginning: Beginning, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        if not beginning.copied:
            connection.close()
            copy(own_name(), migrated())
        beginning.done()
        empty_quickly()
    yield
    if beginning.copied and connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            connection.close()
            drop(own_name())


def own_name() -> str:
    return connection.creation._get_test_db_name()


def folder() -> Path:
    path: Path = settings.VAR_DIR / "tests"
    return path


@cache
def migrated() -> str:
    """A name that says which migrations made it."""
    modules = {type(m).__module__ for m in MigrationLoader(None).disk_migrations.values()}
    said = hashlib.sha256()
    for name in sorted(modules):
        said.update(Path(sys.modules[name].__file__ or "").read_bytes())
    name = f"migrated-{said.hexdigest()[:16]}"
    return str(folder() / f"{name}.sqlite3") if connection.vendor == "sqlite" else f"test_{name}"


def copy(old: str, new: str) -> bool:
    """Whether there was anything to copy."""
    if connection.vendor == "sqlite":
        return copy_file(Path(old), Path(new))
    if not is_there(old):
        return False
    drop(new)
    on_server(f"CREATE DATABASE {quoted(new)} TEMPLATE {quoted(old)}")
    return True


def copy_file(old: Path, new: Path) -> bool:
    """Put in place in one step: whoever finds it, finds all of it."""
    if not old.exists():
        return False
    draft = new.with_suffix(f".{os.getpid()}")
    shutil.copyfile(old, draft)
    draft.replace(new)
    return True


def is_there(name: str) -> bool:
    return bool(on_server("SELECT 1 FROM pg_database WHERE datname = %s", name))


def drop(name: str) -> None:
    on_server(f"DROP DATABASE IF EXISTS {quoted(name)}")


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def on_server(sql: str, *params: str) -> list[Any]:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def empty_quickly() -> None:
    """A test with real transactions empties the database after itself, and the next one has put back what
    migrations had put there. Django does the one table by table and the other row by row."""
    creation: Any = connection.creation
    if rows := getattr(connection, "_test_serialized_contents", None):
        kept = list(serializers.deserialize("json", rows))
        creation.deserialize_db_from_string = lambda _rows: put_back(kept)
    if connection.vendor == "postgresql" and may_empty_as_replica():
        operations: Any = connection.ops
        operations.sql_flush = statements_to_empty


def put_back(kept: list[DeserializedObject]) -> None:
    """In few statements. Before the first such test all of it is there already."""
    by_model: dict[type[Model], list[DeserializedObject]] = defaultdict(list)
    for each in kept:
        by_model[type(each.object)].append(each)
    with transaction.atomic(), connection.constraint_checks_disabled():
        for model, rows in by_model.items():
            if model._meta.parents or model._meta.many_to_many:
                for each in rows:
                    # Another each time: once saved, it forgets whom it belongs to.
                    DeserializedObject(each.object, each.m2m_data).save()
            else:
                found = [each.object for each in rows]
                model._base_manager.bulk_create(found, ignore_conflicts=True)


def may_empty_as_replica() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser')")
        return bool(cursor.fetchone()[0] == "on")


def statements_to_empty(_style: Any, tables: list[str], **_more: Any) -> list[str]:
    """Of hundreds of tables a test fills a few. A replica asks for no foreign keys: all tables go anyway."""
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {quoted(name)})" for name in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        used = [name for (name,) in cursor.fetchall()]
    return [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {quoted(name)}" for name in used),
    ]
