"""Wagtail's reference index tells which content uses a page, an image or a document. Relata's models hold no such
references in their columns, and know by themselves what is used where; indexing them would cost a job for every
look at a record. A model that wants to be indexed says `wagtail_reference_index_ignore = False`."""

from django.apps import apps

OWN_APPS = ("crm_config", "jobs", "records", "workflows", "forms_builder", "surveys")
FLAG = "wagtail_reference_index_ignore"


def keep_out_of_reference_index() -> None:
    for label in OWN_APPS:
        for model in apps.get_app_config(label).get_models():
            if FLAG not in vars(model):
                setattr(model, FLAG, True)
