"""Whoever administers users makes neither themselves nor others more than they are."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from crm_config import payload, publication
from crm_config.models import Role, User
from crm_config.user_admin.rank import changeable, may_change
from tests.cast import Cast, join, person
from tests.crm_config.studio import client_of, url
from tests.kept import kept

pytestmark = pytest.mark.django_db

PASSWORD = "a good long pass phrase"


@kept
def clerk(cast: Cast) -> User:
    """May add, change and delete users, and nothing else."""
    group = Group.objects.create(name="User administration")
    codes = ("add_user", "change_user", "delete_user", "access_admin")
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    user = person("clerk")
    user.groups.add(group)
    return user


@kept
def root(cast: Cast) -> User:
    return User.objects.create_superuser("root", email="root@example.com", password="root")


def group_of(key: str) -> Group:
    return Role.objects.get(key=key).group


def given(**more: Any) -> dict[str, Any]:
    return {
        "username": "somebody",
        "email": "somebody@example.com",
        "first_name": "Some",
        "last_name": "Body",
        "is_active": "on",
        **more,
    }


def add(by: User, **more: Any) -> Any:
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    return client_of(by).post(reverse("wagtailusers_users:add"), given(**passwords, **more))


def edit(by: User, whom: User, **more: Any) -> Any:
    address = reverse("wagtailusers_users:edit", args=[whom.pk])
    return client_of(by).post(address, given(username=whom.username, **more))


def bulk(by: User, action: str, *people: User, **posted: Any) -> Any:
    where = reverse("wagtail_bulk_action", args=("crm_config", "user", action))
    ids = "&".join(f"id={one.pk}" for one in people)
    return client_of(by).post(f"{where}?{ids}", posted)


def roles_of(user: User) -> set[str]:
    return set(Role.objects.filter(group__user=user).values_list("key", flat=True))


def test_users_are_added_and_given_roles_that_do_not_administer(clerk: User) -> None:
    assert add(clerk, groups=[group_of("sales").pk]).status_code == 302
    assert roles_of(User.objects.get(username="somebody")) == {"sales"}


def test_nobody_makes_a_superuser_but_a_superuser(clerk: User, root: User, cast: Cast) -> None:
    add(clerk, is_superuser="on")
    assert User.objects.get(username="somebody").is_superuser is False
    edit(clerk, cast.owner, is_superuser="on")
    edit(cast.administrator, cast.owner, is_superuser="on")
    cast.owner.refresh_from_db()
    assert cast.owner.is_superuser is False
    edit(root, cast.owner, is_superuser="on")
    cast.owner.refresh_from_db()
    assert cast.owner.is_superuser is True


def test_the_forms_offer_what_is_taken(clerk: User, root: User, cast: Cast) -> None:
    for name, args in (("add", ()), ("edit", (cast.owner.pk,))):
        address = reverse(f"wagtailusers_users:{name}", args=args)
        shown = client_of(clerk).get(address).content.decode()
        assert "is_superuser" not in shown
        assert "Sales" in shown and "Administrator" not in shown
        assert "is_superuser" in client_of(root).get(address).content.decode()


def test_a_role_that_administers_is_not_handed_out_by_others(clerk: User, cast: Cast) -> None:
    administrators = group_of("administrator")
    assert add(clerk, groups=[administrators.pk]).status_code == 200
    assert not User.objects.filter(username="somebody").exists()
    edit(clerk, clerk, groups=[administrators.pk])
    bulk(clerk, "assign_role", clerk, cast.owner, role=administrators.pk)
    assert list(administrators.user_set.all()) == [cast.administrator]


def test_nor_one_that_will_administer_when_it_is_published(clerk: User, cast: Cast) -> None:
    Role.objects.filter(key="support").update(administers=True)
    bulk(clerk, "assign_role", cast.owner, role=group_of("support").pk)
    assert roles_of(cast.owner) == {"sales"}


def test_nor_one_that_a_rollback_would_bring_back(clerk: User, cast: Cast, root: User) -> None:
    client_of(root).post(url("role_delete", "administrator"))
    publication.publish(user=root)
    assert "administrator" not in {raw["key"] for raw in payload.dump()["roles"]}
    bulk(clerk, "assign_role", cast.owner, role=group_of("administrator").pk)
    assert roles_of(cast.owner) == {"sales"}


def test_an_administrator_with_the_right_hands_it_out(clerk: User, cast: Cast) -> None:
    join(clerk, "administrator")
    bulk(clerk, "assign_role", cast.owner, role=group_of("administrator").pk)
    assert roles_of(cast.owner) == {"sales", "administrator"}


@pytest.mark.parametrize("who", ["root", "administrator"])
def test_who_is_more_is_neither_changed_nor_deleted(
    clerk: User, cast: Cast, root: User, who: str
) -> None:
    senior = {"root": root, "administrator": cast.administrator}[who]
    browser = client_of(clerk)
    assert edit(clerk, senior, password1=PASSWORD, password2=PASSWORD).status_code == 302
    browser.post(reverse("wagtailusers_users:delete", args=[senior.pk]))
    bulk(clerk, "delete", senior)
    bulk(clerk, "set_active_state", senior, mark_as_active="False")
    bulk(clerk, "assign_role", senior, role=group_of("sales").pk)
    now = User.objects.get(pk=senior.pk)
    assert now.check_password(who) and now.email == f"{who}@example.com"
    assert now.is_active and "sales" not in roles_of(now)
    listed = browser.get(reverse("wagtailusers_users:index")).content.decode()
    assert reverse("wagtailusers_users:edit", args=[senior.pk]) not in listed
    assert reverse("wagtailusers_users:edit", args=[cast.owner.pk]) in listed


def test_others_are_changed_and_deleted_one_by_one_and_together(clerk: User, cast: Cast) -> None:
    edit(clerk, cast.owner, password1=PASSWORD, password2=PASSWORD)
    assert User.objects.get(pk=cast.owner.pk).check_password(PASSWORD)
    bulk(clerk, "set_active_state", cast.stranger, mark_as_active="False")
    assert User.objects.get(pk=cast.stranger.pk).is_active is False
    bulk(clerk, "delete", cast.stranger, cast.administrator)
    left = set(User.objects.values_list("username", flat=True))
    assert "stranger" not in left and "administrator" in left


def test_groups_out_of_reach_stay_as_they_are(cast: Cast, root: User) -> None:
    edit(root, cast.administrator, groups=[group_of("sales").pk, group_of("administrator").pk])
    assert roles_of(cast.administrator) == {"sales", "administrator"}


def test_a_user_is_not_copied(root: User, cast: Cast) -> None:
    assert client_of(root).get(f"/admin/users/copy/{cast.owner.pk}/").status_code == 404


def test_one_and_many_are_answered_alike(clerk: User, cast: Cast, root: User) -> None:
    people = User.objects.all()
    for by in (clerk, cast.administrator, root):
        found = {user.pk for user in changeable(by, people)}
        assert found == {user.pk for user in people if may_change(by, user)}
    assert {"root", "administrator"}.isdisjoint(
        changeable(clerk, people).values_list("username", flat=True)
    )
