"""Whether this server lives, and whether it can do its work: `/healthz` and `/readyz`.

Load balancers ask by address, without cookies, and over plain HTTP: the middleware answers before host checks,
redirects and sessions come into play.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs import selectors


class Unready(Exception):
    """What is missing before this server can do its work."""


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.views = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.views.get(request.path_info, self.get_response)(request)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database, its tables and a worker are there; 503 and what is missing otherwise."""
    checks = {name: answer(check) for name, check in CHECKS.items()}
    ready = set(checks.values()) == {"ok"}
    status = "ok" if ready else "unready"
    return JsonResponse({"status": status, "checks": checks}, status=200 if ready else 503)


def answer(check: Callable[[], None]) -> str:
    try:
        check()
    except Unready as error:
        return str(error)
    except DatabaseError:
        return "The database does not answer."
    return "ok"


def database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


class Migrations:
    """Remembers that nothing is left to migrate: a database does not go back while this code runs."""

    def __init__(self) -> None:
        self.applied = False

    def __call__(self) -> None:
        if self.applied:
            return
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Unready(f"{len(plan)} migrations are not applied: run `manage.py migrate`.")
        self.applied = True


def worker_lives() -> None:
    if not selectors.live_workers().exists():
        raise Unready("No worker has been heard of lately: run `manage.py worker`.")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database_answers,
    "migrations": Migrations(),
    "worker": worker_lives,
}
