"""The web server and the worker as two children of one supervisor."""

import sys

from django.conf import settings

from jobs.cluster import Cluster
from jobs.conf import timing
from jobs.supervisor import Child, Supervisor


def web_server(*, host: str, port: int) -> Child:
    """gunicorn: a few processes with threads, so that a slow request does not stop the others."""
    paths = f"{settings.BASE_DIR},{settings.BASE_DIR / 'site'}"
    command = [
        sys.executable, "-m", "gunicorn", "crm_site.wsgi:application",
        "--bind", f"{host}:{port}",
        "--pythonpath", paths,
        "--workers", str(settings.WEB_WORKERS),
        "--worker-class", "gthread",
        "--threads", str(settings.WEB_THREADS),
        "--timeout", "120",
        "--graceful-timeout", "10",
        "--log-level", "warning",
    ]  # fmt: skip
    return Child("The web server", command)


def serve(*, host: str, port: int) -> int:
    """Run both until told to stop; the exit code."""
    with Cluster() as worker:
        children = [web_server(host=host, port=port), worker]
        return Supervisor(children, stop_timeout=timing().stop).run()
