"""What the suites begin with is there again after a test with real transactions, and nothing else."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.cast import person


def counts() -> dict[str, int]:
    found = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    return {label: count for label, count in found.items() if count}


@pytest.mark.django_db(transaction=True)
def test_it_is_emptied_and_put_back():
    before = counts()
    assert {"auth.Permission", "wagtailcore.Page", "wagtailcore.Collection"} <= before.keys()
    told = connection.creation.serialize_db_to_string()
    begun = rows()
    person("ana")
    call_command(
        "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
    )
    assert counts() == {}
    connection.creation.deserialize_db_from_string(told)
    assert counts() == before
    assert rows() == begun


def rows() -> list[dict]:
    return json.loads(connection.creation.serialize_db_to_string())
