"""The sample company on a system that is in use already."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm_config import publication
from crm_config.models import Company, RecordType, User
from records.sample.plan import Plan
from records.sample.staff import is_loaded
from tests import company as small


@pytest.mark.django_db
def test_a_used_system_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.sample.load.design", Plan)
    small.publish()
    User.objects.create_user("admin", password="own")
    call_command("load_sample", stdout=StringIO())
    assert Company.load().name == "Test"
    assert RecordType.objects.filter(key="deal").exists()
    assert User.objects.get(username="admin").check_password("own")
    assert User.objects.get(username="sample_admin").is_sample


@pytest.mark.django_db
def test_nobodys_unpublished_changes_are_published_along() -> None:
    small.publish()
    RecordType.objects.filter(key="deal").update(icon="tag")
    with pytest.raises(CommandError, match="unpublished changes"):
        call_command("load_sample", stdout=StringIO())
    assert not is_loaded()
    assert len(publication.changes()) == 1
