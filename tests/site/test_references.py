"""Wagtail indexes the references of content, and is kept from indexing those of records."""

import pytest
from django.apps import apps
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ReferenceIndex

from crm_config.models import Team
from crm_site.references import OWN_APPS
from jobs.models import Job


@pytest.mark.parametrize("label", OWN_APPS)
def test_own_models_are_not_indexed(label):
    models = apps.get_app_config(label).get_models()
    assert [model for model in models if ReferenceIndex.model_is_indexable(model)] == []


@pytest.mark.django_db
def test_saving_a_team_costs_no_job():
    Team.objects.create(name="North")
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_saving_content_costs_one(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Image.objects.create(title="Logo", file=get_test_image_file())
    paths = {job.args["path"] for job in Job.objects.all()}
    assert "wagtail.tasks.update_reference_index_task" in paths
