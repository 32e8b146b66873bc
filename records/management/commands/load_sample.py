"""`manage.py load_sample`: the fictional company to try things on."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from crm_config.errors import ConfigError
from crm_config.problems import ConfigurationInvalid
from records.errors import Refused
from records.sample import load
from records.sample.staff import is_loaded


class Command(BaseCommand):
    help = "Loads a fictional company with logins, once. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            load.load_further()
            self.stdout.write(_("The sample company is there already."))
            return
        started = monotonic()
        self.stdout.write(_("Loading the sample company …"))
        try:
            load.configure()
            count = load.load()
        except (ConfigError, ConfigurationInvalid, Refused) as error:
            raise CommandError(
                _("The sample company was not loaded. %(why)s") % {"why": error}
            ) from error
        seconds = round(monotonic() - started)
        self.stdout.write(
            _("%(count)s records in %(seconds)s seconds.") % {"count": count, "seconds": seconds}
        )
