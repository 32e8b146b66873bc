"""Runs the worker: `manage.py worker`. Stops within a bounded time on SIGTERM, SIGINT and SIGHUP."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from jobs.cluster import Cluster
from jobs.conf import timing
from jobs.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs queued jobs until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        with Cluster() as child:
            code = Supervisor([child], stop_timeout=timing().stop).run()
        sys.exit(code)
