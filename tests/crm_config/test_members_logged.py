"""Who came to a role or team and who left it is kept, with who did it."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from crm_config.members import ROLE_MEMBERS, TEAM_MEMBERS
from crm_config.models import Membership, Role, Team, User
from tests.cast import Cast
from tests.crm_config.studio import client_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_before(cast: Cast) -> None:
    ModelLogEntry.objects.all().delete()


def told(instance: Any) -> list[tuple[str | None, list[str], list[str]]]:
    entries = registry.get_logs_for_instance(instance).order_by("pk")
    return [
        (entry.user and entry.user.username, entry.data["before"], entry.data["after"])
        for entry in entries.select_related("user")
    ]


def role(key: str) -> Role:
    return Role.objects.get(key=key)


def test_members_saved_in_the_studio(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    posted = {"part": "members", "members": [cast.owner.pk, cast.teammate.pk]}
    browser.post(url("role", "sales"), posted)
    browser.post(url("role", "sales"), posted)
    assert told(role("sales")) == [
        ("administrator", ["owner", "stranger"], ["owner"]),
        ("administrator", ["owner"], ["owner", "teammate"]),
    ]


def test_groups_given_in_the_form_of_a_user(cast: Cast) -> None:
    root = User.objects.create_superuser("root")
    groups = [role("support").group.pk, role("manager").group.pk]
    names = {"username": "owner", "email": "o@example.com", "first_name": "O", "last_name": "W"}
    address = reverse("wagtailusers_users:edit", args=[cast.owner.pk])
    client_of(root).post(address, {**names, "is_active": "on", "groups": groups})
    assert told(role("sales")) == [("root", ["owner", "stranger"], ["stranger"])]
    assert told(role("support")) == [("root", ["teammate"], ["owner", "teammate"])]
    assert told(role("manager")) == [("root", ["manager"], ["manager", "owner"])]


def test_a_role_assigned_to_many(cast: Cast) -> None:
    root = User.objects.create_superuser("root")
    where = reverse("wagtail_bulk_action", args=("crm_config", "user", "assign_role"))
    people = f"?id={cast.owner.pk}&id={cast.manager.pk}"
    client_of(root).post(where + people, {"role": role("support").group.pk})
    assert told(role("support")) == [("root", ["teammate"], ["manager", "owner", "teammate"])]


def test_all_taken_away_at_once(cast: Cast) -> None:
    cast.owner.groups.clear()
    assert told(role("sales")) == [(None, ["owner", "stranger"], ["stranger"])]
    role("sales").group.user_set.clear()
    assert told(role("sales"))[1:] == [(None, ["stranger"], [])]


def test_members_and_leads_of_a_team(cast: Cast) -> None:
    posted = {"name": "North", "members": [cast.owner.pk], "leads": [cast.owner.pk]}
    browser = client_of(cast.administrator)
    browser.post(url("team", cast.north.pk), posted)
    browser.post(url("team", cast.north.pk), posted)
    assert told(cast.north) == [("administrator", ["owner", "teammate"], ["owner (lead)"])]


def test_those_of_a_team_that_is_deleted(cast: Cast) -> None:
    pk = cast.south.pk
    client_of(cast.administrator).post(url("team_delete", pk))
    entry = ModelLogEntry.objects.get(action=TEAM_MEMBERS)
    assert (entry.object_id, entry.label) == (str(pk), "South")
    assert (entry.data["before"], entry.data["after"]) == (["stranger"], [])


def test_a_team_that_cannot_be_deleted_tells_nothing(cast: Cast) -> None:
    top = cast.north.parent
    assert top is not None
    client_of(cast.administrator).post(url("team_delete", top.pk))
    assert Team.objects.filter(pk=top.pk).exists()
    assert Membership.objects.filter(team=top.pk).exists()
    assert told(top) == []


def test_the_history_of_a_role_and_a_team_shows_it(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    for address in (url("role_history", "sales"), url("team_history", cast.north.pk)):
        assert "Nobody came or went yet" in browser.get(address).content.decode()
    browser.post(url("role", "sales"), {"part": "members", "members": [cast.owner.pk]})
    browser.post(url("team", cast.north.pk), {"name": "North", "members": [cast.manager.pk]})
    shown = browser.get(url("role_history", "sales")).content.decode()
    assert "Members removed: stranger" in shown and "Administrator" in shown
    shown = browser.get(url("team_history", cast.north.pk)).content.decode()
    assert "Members added: manager. Members removed: owner, teammate" in shown
    assert url("role_history", "sales") in browser.get(url("role", "sales")).content.decode()
    assert (
        url("team_history", cast.north.pk)
        in browser.get(url("team", cast.north.pk)).content.decode()
    )


@pytest.mark.parametrize("who", ["root", "administrator"])
def test_wagtails_history_of_the_site_shows_it(cast: Cast, who: str) -> None:
    root = User.objects.create_superuser("root")
    reader = root if who == "root" else cast.administrator
    client_of(cast.administrator).post(
        url("role", "sales"), {"part": "members", "members": [cast.owner.pk]}
    )
    shown = client_of(reader).get(reverse("wagtailadmin_reports:site_history"))
    assert "Members removed: stranger" in shown.content.decode()


def test_others_do_not_read_it_there(cast: Cast) -> None:
    cast.owner.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    cast.stranger.groups.clear()
    entries = ModelLogEntry.objects
    assert entries.filter(action=ROLE_MEMBERS).exists()
    assert not entries.viewable_by_user(cast.owner).exists()
