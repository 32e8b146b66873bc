"""Brings the database up to date, then runs the web server and the worker: `manage.py serve`."""

import os
import socket
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_site.supervisor import serve
from crm_site.welcome import welcome


class Command(BaseCommand):
    help = "Migrates, then runs the web server and the worker until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("BIND", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
        parser.add_argument("--sample", action="store_true", help="Load the sample company first.")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self.check_port(host, port)
        # A migration that fails raises, and nothing is started.
        call_command("migrate", interactive=False, verbosity=0)
        if options["sample"]:
            call_command("load_sample")
        self.stdout.write(welcome(host=host, port=port))
        self.stdout.flush()
        sys.exit(serve(host=host, port=port))

    def check_port(self, host: str, port: int) -> None:
        """Raises CommandError when something else answers there already."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Cannot listen on {host}:{port} ({error.strerror}). "
                    f"Stop what is using the port, or choose another: make run PORT={port + 1}"
                ) from error
