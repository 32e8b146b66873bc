"""Administrators see that others' imports are there and how they go; what is in them, who sees all of the type."""

import pytest
from django.urls import reverse

from crm_config.models import User
from records.access import Access
from records.imports import selectors
from tests import company as small
from tests.cast import Cast, join, person
from tests.crm_config.studio import client_of
from tests.kept import kept
from tests.records.imports.conftest import columns, dry

pytestmark = pytest.mark.django_db

TEXT = "name,headcount\nSecret name,a dozen\n"
MAPPING = columns(("name", "name"), ("headcount", "headcount"), type="organisation")


@kept
def plain(cast: Cast) -> User:
    """Administers the configuration, without a grant on any record."""
    company = small.small_company()
    hidden = [{"type": "organisation", "field": "margin", "access": "hidden"}]
    company["roles"] += [
        {"key": "plain", "labels": {"en": "Plain"}, "administers": True, "grants": []},
        small.role("almost", "all", "organisation", administers=True, fields=hidden),
    ]
    small.publish(company=company)
    return join(person("plain"), "plain")


def test_what_is_in_them_stays_with_whoever_imported_it(cast: Cast, plain: User) -> None:
    run = dry(cast.owner, TEXT, MAPPING)
    page = reverse("imports:run", args=[run.pk])
    shown = client_of(plain).get(page)
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "Secret name" not in html and "a dozen" not in html
    assert "The rows and the file are for whoever imported them" in html
    own = client_of(cast.owner).get(page).content.decode()
    assert "Secret name" in own and "a dozen" in own
    for name, more in (("file", ()), ("mapping", ()), ("sheet", ("all", "csv"))):
        address = reverse(f"imports:{name}", args=[run.pk, *more])
        assert client_of(plain).get(address).status_code == 404
        assert client_of(cast.owner).get(address).status_code == 200


def test_who_sees_every_record_and_field_of_the_type_reads_them(cast: Cast, plain: User) -> None:
    run = dry(cast.owner, TEXT, MAPPING)
    almost = join(person("almost"), "almost")
    people = (cast.owner, cast.administrator, plain, almost, cast.manager)
    reading = [u.username for u in people if selectors.may_read(run, Access.of(u))]
    assert reading == ["owner", "administrator"]
    run.type = "gone"
    assert not selectors.may_read(run, Access.of(cast.administrator))
