"""Only those who administer get into the studio, whatever the address."""

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import payload, urls
from crm_config.live import live
from crm_config.models import ExchangeRate, Role, User
from crm_config.permissions import ADMINISTER, administers
from tests.cast import Cast
from tests.crm_config.studio import client_of, url

PARTS = {
    "record_type": "deal",
    "field": "amount",
    "section": "none",
    "role": "sales",
    "segment": "none",
    "change": "0000",
    "version": 1,
    "pack": "core",
    "promise": "a_promise",
    "action": "view",
}
NAMES = sorted({pattern.name for pattern in urls.urlpatterns})


def address(name: str, cast: Cast) -> str:
    """Any address of the studio, its parts filled in."""
    pattern = next(p for p in urls.urlpatterns if p.name == name)
    parts = {**PARTS, "pk": cast.north.pk}
    if name.startswith("rate"):
        parts["pk"] = ExchangeRate.objects.get_or_create(
            currency="RON", valid_from="2026-01-01", defaults={"rate": "0.2"}
        )[0].pk
    return reverse(f"studio:{name}", kwargs={key: parts[key] for key in pattern.pattern.converters})


@pytest.mark.parametrize("name", NAMES)
def test_nobody_but_administrators_gets_in(cast: Cast, name: str) -> None:
    before = payload.digest(payload.dump())
    for person in (cast.manager, cast.owner, cast.teammate, cast.stranger):
        browser = client_of(person)
        for answer in (browser.get(address(name, cast)), browser.post(address(name, cast), {})):
            assert answer.status_code == 302
            assert answer.url == reverse("wagtailadmin_home")
    for browser in (client_of(cast.outsider), Client()):
        answer = browser.get(address(name, cast))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("wagtailadmin_login"))
    assert payload.digest(payload.dump()) == before
    assert live().version == 1


def test_the_menu_shows_the_studio_to_administrators_alone(cast: Cast) -> None:
    home = reverse("wagtailadmin_home")
    assert url("home") in client_of(cast.administrator).get(home).content.decode()
    assert url("home") not in client_of(cast.owner).get(home).content.decode()


def test_before_anything_is_published_only_superusers_administer(db: None) -> None:
    superuser = User.objects.create_superuser("root", "root@example.com", "root")
    somebody = User.objects.create_user("somebody")
    assert superuser.has_perm(ADMINISTER)
    assert not somebody.has_perm(ADMINISTER)


def test_the_published_roles_decide_not_the_working_copy(cast: Cast) -> None:
    Role.objects.filter(key="sales").update(administers=True)
    assert not cast.owner.has_perm(ADMINISTER)
    assert cast.administrator.has_perm(ADMINISTER)


def test_somebody_switched_off_administers_nothing(cast: Cast) -> None:
    cast.administrator.is_active = False
    assert administers.test(cast.administrator) is False
    assert administers.test(None) is False
