"""A segment whose condition cannot be used as it stands fails closed, and administrators are told."""

import pytest
from django.urls import reverse

from crm_config.live import forget
from crm_config.models import ConfigSnapshot
from crm_config.segments import segments_of
from records.access import Access
from records.segments.counting import in_use
from records.segments.rights import usable
from tests.cast import Cast, create
from tests.crm_config.segments import IT, publish, segment
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(cast: Cast) -> Access:
    """As an update of the software may leave it: publication would not have let it through."""
    publish(segment("it", IT), segment("outer", {"not": {"segment": "it"}}))
    create("organisation", name="Computers", sector="it", owner=cast.manager.pk, team=cast.north.pk)
    row = ConfigSnapshot.objects.get(version=2)
    row.payload["segments"][0]["condition"] = {"field": "sector", "op": "sounds_like", "value": "x"}
    row.save()
    forget()
    return Access.of(cast.manager)


def test_nobody_uses_it_nor_what_names_it(broken: Access, cast: Cast) -> None:
    assert all(s.broken for s in segments_of(broken.snapshot).values())
    assert usable(broken) == [] and in_use(broken.snapshot) == []
    for key in ("it", "outer"):
        page = browser(cast.manager).get(url("list", "organisation", segment=key))
        assert page.context["rows"] == [] and "not available" in page.context["problem"]


def test_administrators_are_told_on_their_first_page(broken: Access, cast: Cast) -> None:
    home = reverse("wagtailadmin_home")
    page = text_of(browser(cast.administrator).get(home))
    assert "The segment It cannot be used" in page and "The segment Outer cannot be used" in page
    assert "cannot be used" not in text_of(browser(cast.manager).get(home))
