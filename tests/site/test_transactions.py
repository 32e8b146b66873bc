"""Tests with real transactions leave the next one a database as migrations made it."""

import pytest
from django.contrib.auth.models import Permission
from django_q.models import Schedule
from wagtail.models import Collection, Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_migrations_put_there_is_there(time):
    assert Collection.get_first_root_node() is not None
    assert Page.get_first_root_node() is not None
    assert Permission.objects.filter(codename="access_admin").count() == 1
    assert Schedule.objects.filter(name="jobs.prune").count() == 1
