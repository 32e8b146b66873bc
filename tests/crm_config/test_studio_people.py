"""Teams, members, roles, rates and the company's settings."""

import pytest
from django.urls import reverse

from crm_config import payload, publication
from crm_config.models import Company, ExchangeRate, Membership, Role, Team
from crm_config.permissions import ADMINISTER
from tests.cast import Cast, create, join, person
from tests.crm_config.studio import client_of, messages_of, raw_role, url


def test_teams_stand_as_a_tree_with_their_people(cast: Cast) -> None:
    page = client_of(cast.administrator).get(url("teams")).content.decode()
    assert page.index("Company") < page.index("North") < page.index("South")
    assert "studio-depth-1" in page
    assert "Manager (leads)" in page


def test_a_team_is_added_below_another_with_leads_as_members(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(
        url("team_add"),
        {
            "name": "East",
            "parent": cast.north.pk,
            "members": [cast.owner.pk],
            "leads": [cast.teammate.pk],
        },
    )
    team = Team.objects.get(name="East")
    assert team.parent == cast.north
    people = dict(team.memberships.values_list("user__username", "lead"))
    assert people == {"owner": False, "teammate": True}


def test_members_are_taken_out_and_leads_changed(cast: Cast) -> None:
    posted = {"name": "North", "members": [cast.owner.pk], "leads": [cast.owner.pk]}
    client_of(cast.administrator).post(url("team", cast.north.pk), posted)
    people = dict(cast.north.memberships.values_list("user__username", "lead"))
    assert people == {"owner": True}


def test_a_team_cannot_be_part_of_itself(cast: Cast) -> None:
    top = cast.north.parent
    assert top is not None
    posted = {"name": top.name, "parent": cast.north.pk}
    page = client_of(cast.administrator).post(url("team", top.pk), posted)
    assert b"A team cannot be part of itself." in page.content
    top.refresh_from_db()
    assert top.parent is None


def test_a_team_with_teams_below_is_not_deleted(cast: Cast) -> None:
    top = cast.north.parent
    assert top is not None
    browser = client_of(cast.administrator)
    assert b"Other teams are part of it" in browser.get(url("team_delete", top.pk)).content
    browser.post(url("team_delete", top.pk))
    assert Team.objects.filter(pk=top.pk).exists()
    browser.post(url("team_delete", cast.south.pk))
    assert not Team.objects.filter(pk=cast.south.pk).exists()
    assert not Membership.objects.filter(team=cast.south.pk).exists()


def test_deleting_a_team_with_records_does_no_harm(cast: Cast) -> None:
    create("deal", cast.owner, name="Kept", team=cast.north.pk)
    answer = client_of(cast.administrator).post(url("team_delete", cast.north.pk))
    assert answer.status_code == 302
    assert messages_of(answer)


def test_the_company_keeps_its_languages_in_one_order(cast: Cast) -> None:
    posted = {
        "name": "Aegean Partners",
        "languages": ["el", "en", "ro"],
        "time_zone": "Europe/Bucharest",
        "base_currency": "RON",
        "two_person": "on",
    }
    client_of(cast.administrator).post(url("company"), posted)
    company = Company.load()
    assert company.languages == ["en", "ro", "el"]
    assert company.two_person is True


def test_the_company_needs_a_language(cast: Cast) -> None:
    posted = {"name": "Typed", "time_zone": "UTC", "base_currency": "EUR"}
    page = client_of(cast.administrator).post(url("company"), posted)
    assert page.status_code == 200
    assert b'value="Typed"' in page.content
    assert Company.load().name == "Test"


def test_rates_are_added_changed_and_deleted(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("rate_add"), {"currency": "RON", "valid_from": "2026-01-01", "rate": "0.2012"})
    rate = ExchangeRate.objects.get()
    assert b"RON" in browser.get(url("rates")).content
    browser.post(
        url("rate", rate.pk), {"currency": "RON", "valid_from": "2026-01-01", "rate": "0.21"}
    )
    rate.refresh_from_db()
    assert str(rate.rate.normalize()) == "0.21"
    browser.post(url("rate_delete", rate.pk))
    assert not ExchangeRate.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"currency": "EUR"}, "EUR is the base currency"),
        ({"rate": "0"}, "more than zero"),
        ({"currency": "RON", "valid_from": "2026-01-01"}, "already exists"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, str], message: str) -> None:
    ExchangeRate.objects.create(currency="RON", valid_from="2026-01-01", rate="0.2")
    posted = {"currency": "PLN", "valid_from": "2026-01-01", "rate": "0.2", **wrong}
    page = client_of(cast.administrator).post(url("rate_add"), posted)
    assert message in page.content.decode()
    assert ExchangeRate.objects.count() == 1


def test_a_new_role_starts_with_nothing_or_like_another(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("role_add"), {"labels_en": "Intern", "key": ""})
    assert raw_role("intern")["grants"] == []
    like = Role.objects.get(key="sales").pk
    answer = browser.post(url("role_add"), {"labels_en": "Trainee", "key": "", "like": like})
    assert answer.url == url("role", "trainee")
    assert raw_role("trainee")["grants"] == raw_role("sales")["grants"]
    assert raw_role("trainee")["fields"] == raw_role("sales")["fields"]


def test_whoever_gets_a_role_may_log_in(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("role_add"), {"labels_en": "Intern", "key": ""})
    newcomer = person("newcomer")
    browser.post(url("role", "intern"), {"part": "members", "members": [newcomer.pk]})
    assert client_of(newcomer).get(reverse("wagtailadmin_home")).status_code == 200


def test_members_are_added_and_taken_out(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    answer = browser.post(url("role", "sales"), {"part": "members", "members": [cast.teammate.pk]})
    assert messages_of(answer) == ["Sales has 1 member."]
    members = Role.objects.get(key="sales").group.user_set.all()
    assert [user.username for user in members] == ["teammate"]


def test_a_role_is_renamed_and_made_to_administer(cast: Cast) -> None:
    client_of(cast.administrator).post(
        url("role", "sales"), {"part": "settings", "labels_en": "Sellers", "administers": "on"}
    )
    assert raw_role("sales")["labels"] == {"en": "Sellers"}
    assert raw_role("sales")["administers"] is True


def test_deleting_a_role_says_who_loses_it(cast: Cast) -> None:
    join(person("newcomer"), "sales")
    browser = client_of(cast.administrator)
    assert "3 people have this role" in browser.get(url("role_delete", "sales")).content.decode()
    browser.post(url("role_delete", "sales"))
    assert "sales" not in {role["key"] for role in payload.dump()["roles"]}
    assert browser.get(url("role", "sales")).status_code == 404


def test_a_deleted_role_holds_until_that_is_published(cast: Cast) -> None:
    client_of(cast.administrator).post(url("role_delete", "administrator"))
    assert cast.administrator.has_perm(ADMINISTER)
    publication.publish(user=cast.administrator)
    assert not Role.in_use.filter(key="administrator").exists()
    assert not cast.administrator.has_perm(ADMINISTER)


def test_discarding_a_deletion_gives_the_role_back_to_its_members(cast: Cast) -> None:
    before = raw_role("sales")
    Role.objects.filter(key="sales").update(labels={"en": "Sellers"})
    publication.publish(user=cast.administrator)
    client_of(cast.administrator).post(url("role_delete", "sales"))
    publication.discard()
    assert raw_role("sales")["grants"] == before["grants"]
    members = Role.in_use.get(key="sales").group.user_set.values_list("username", flat=True)
    assert sorted(members) == ["owner", "stranger"]
