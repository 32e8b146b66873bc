"""Where the company asks for two persons, nobody takes a role or a place in a team themselves."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from crm_config import payload, publication
from crm_config.members import OWN_ROLE, OWN_TEAM, OWN_TEAM_ABOVE
from crm_config.models import Company, Role, Team, User
from tests.cast import Cast, join
from tests.crm_config.studio import client_of, url
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def two(cast: Cast) -> Cast:
    Company.objects.update(two_person=True)
    publication.publish(user=None)
    return cast


def group_of(key: str) -> Group:
    return Role.objects.get(key=key).group


def members(key: str) -> set[str]:
    return set(group_of(key).user_set.values_list("username", flat=True))


def page(response) -> str:
    return response.content.decode()


def test_nobody_gives_themselves_a_role(two: Cast) -> None:
    posted = {"part": "members", "members": [two.owner.pk, two.administrator.pk]}
    shown = client_of(two.administrator).post(url("role", "sales"), posted)
    assert str(OWN_ROLE) in page(shown)
    assert members("sales") == {"owner", "stranger"}


def test_others_give_it_and_what_one_has_one_keeps_and_leaves(two: Cast) -> None:
    second = join(User.objects.create_user("second"), "administrator")
    posted = {"part": "members", "members": [two.administrator.pk]}
    client_of(second).post(url("role", "sales"), posted)
    assert members("sales") == {"administrator"}
    posted = {"part": "members", "members": [two.administrator.pk, two.owner.pk]}
    client_of(two.administrator).post(url("role", "sales"), posted)
    assert members("sales") == {"administrator", "owner"}
    client_of(two.administrator).post(url("role", "sales"), {"part": "members", "members": []})
    assert members("sales") == set()


def test_nor_through_the_form_of_a_user(two: Cast) -> None:
    root = User.objects.create_superuser("root", email="root@example.com")
    names = {"username": "root", "email": "r@example.com", "first_name": "R", "last_name": "T"}
    address = reverse("wagtailusers_users:edit", args=[root.pk])
    shown = client_of(root).post(address, {**names, "groups": [group_of("sales").pk]})
    assert str(OWN_ROLE) in page(shown)
    assert members("sales") == {"owner", "stranger"}
    editors = Group.objects.get_or_create(name="Editors")[0]
    client_of(root).post(address, {**names, "groups": [editors.pk]})
    assert list(root.groups.all()) == [editors]


def test_nor_by_an_action_on_many(two: Cast) -> None:
    root = User.objects.create_superuser("root")
    where = reverse("wagtail_bulk_action", args=("crm_config", "user", "assign_role"))
    people = f"{where}?id={root.pk}&id={two.manager.pk}"
    shown = client_of(root).post(people, {"role": group_of("sales").pk})
    assert str(OWN_ROLE) in page(shown)
    assert members("sales") == {"owner", "stranger"}
    client_of(root).post(f"{where}?id={two.manager.pk}", {"role": group_of("sales").pk})
    assert members("sales") == {"owner", "stranger", "manager"}


@pytest.mark.parametrize("part", ["members", "leads"])
def test_nobody_makes_themselves_part_of_a_team(two: Cast, part: str) -> None:
    browser = client_of(two.administrator)
    posted = {"name": "North", part: [two.owner.pk, two.administrator.pk]}
    assert str(OWN_TEAM) in page(browser.post(url("team", two.north.pk), posted))
    assert not two.administrator.memberships.exists()
    assert str(OWN_TEAM) in page(browser.post(url("team_add"), {**posted, "name": "Own"}))
    assert not Team.objects.filter(name="Own").exists()


def test_a_member_does_not_make_themselves_a_lead_but_stays_one(two: Cast) -> None:
    join(two.owner, "administrator")
    browser = client_of(two.owner)
    posted = {"name": "North", "members": [two.owner.pk], "leads": [two.owner.pk]}
    assert str(OWN_TEAM) in page(browser.post(url("team", two.north.pk), posted))
    two.owner.memberships.update(lead=True)
    parent = str(two.north.parent_id)
    again = {"name": "North", "parent": parent, "leads": [two.owner.pk]}
    assert browser.post(url("team", two.north.pk), again).status_code == 302


def test_nobody_puts_a_team_below_their_own(two: Cast) -> None:
    join(two.owner, "administrator")
    posted = {"name": "South", "parent": two.north.pk, "members": [two.stranger.pk]}
    shown = client_of(two.owner).post(url("team", two.south.pk), posted)
    assert str(OWN_TEAM_ABOVE) in page(shown)
    two.south.refresh_from_db()
    assert two.south.parent != two.north
    assert client_of(two.administrator).post(url("team", two.south.pk), posted).status_code == 302


def test_the_published_setting_decides(cast: Cast) -> None:
    Company.objects.update(two_person=True)
    posted = {"part": "members", "members": [cast.administrator.pk]}
    client_of(cast.administrator).post(url("role", "sales"), posted)
    assert members("sales") == {"administrator"}
    publication.publish(user=None)
    Company.objects.update(two_person=False)
    assert payload.dump()["company"].get("two_person") is not True
    posted = {"part": "members", "members": [cast.administrator.pk]}
    shown = client_of(cast.administrator).post(url("role", "support"), posted)
    assert str(OWN_ROLE) in page(shown)
