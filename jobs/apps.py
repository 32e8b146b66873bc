from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        autodiscover_modules("tasks")
        # Imported here because models cannot be imported before the apps are loaded.
        from jobs.receivers import keep_schedules

        post_migrate.connect(keep_schedules, sender=self, dispatch_uid="jobs.keep_schedules")
