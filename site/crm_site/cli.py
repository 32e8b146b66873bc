"""The `relata` command: Django's management commands with this project's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_site.settings.dev")
    execute_from_command_line(sys.argv)
