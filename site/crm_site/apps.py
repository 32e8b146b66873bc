from django.apps import AppConfig

from crm_site.references import keep_out_of_reference_index


class CrmSiteConfig(AppConfig):
    name = "crm_site"

    def ready(self) -> None:
        # Before Wagtail's own apps are ready, which is when they connect the signals of the index.
        keep_out_of_reference_index()
