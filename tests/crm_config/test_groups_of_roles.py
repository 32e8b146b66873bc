"""A role has a group of its own: it takes over none that is there, and finds its own again."""

import pytest
from django.contrib.auth.models import Group

from crm_config import payload, publication
from crm_config.models import Role, User
from crm_config.permissions import ADMINISTER
from tests import company as small
from tests.cast import Cast, person
from tests.crm_config.studio import client_of, url

pytestmark = pytest.mark.django_db


def members(key: str) -> list[str]:
    group = Role.in_use.get(key=key).group
    return sorted(group.user_set.values_list("username", flat=True))


def load(*roles: dict[str, object]) -> None:
    payload.load({"format": 1, "roles": list(roles)}, replace=False)


def test_a_new_role_takes_over_no_group_of_its_name(cast: Cast) -> None:
    group, _made = Group.objects.get_or_create(name="Moderators")
    group.user_set.add(cast.outsider)
    browser = client_of(cast.administrator)
    browser.post(url("role_add"), {"labels_en": "Moderators", "key": "moderators"})
    role = Role.in_use.get(key="moderators")
    assert role.group != group
    assert role.group.name == "Moderators (moderators)"
    assert members("moderators") == []
    browser.post(url("role", "moderators"), {"part": "members", "members": [cast.owner.pk]})
    assert list(group.user_set.all()) == [cast.outsider]


def test_nor_one_whose_name_has_the_key_in_brackets(cast: Cast) -> None:
    names = ("Editors", "Editors (editors)")
    taken = [Group.objects.get_or_create(name=name)[0] for name in names]
    load({"key": "editors", "labels": {"en": "Editors"}, "grants": [], "fields": []})
    assert Role.in_use.get(key="editors").group.name == "Editors (editors 2)"
    assert not Role.objects.filter(group__in=taken).exists()


def test_a_long_name_makes_room_for_what_tells_it_apart(cast: Cast) -> None:
    for key in ("first", "second"):
        load({"key": key, "labels": {"en": "x" * 200}, "grants": [], "fields": []})
    names = [Role.in_use.get(key=key).group.name for key in ("first", "second")]
    assert [len(name) for name in names] == [150, 150]
    assert names[1].endswith(" (second)")


def remove_and_publish(key: str, by: User) -> None:
    client_of(by).post(url("role_delete", key))
    publication.publish(user=by)


def test_rolling_back_gives_a_removed_role_back_to_its_members(cast: Cast) -> None:
    remove_and_publish("sales", cast.administrator)
    publication.rollback(1, user=cast.administrator)
    assert members("sales") == ["owner", "stranger"]


def test_a_role_that_a_pack_brings_back_finds_its_members(cast: Cast) -> None:
    remove_and_publish("sales", cast.administrator)
    Group.objects.filter(name="Sales").update(name="Sellers")
    load(small.role("sales", "own", "deal", fields=[]))
    assert members("sales") == ["owner", "stranger"]


def test_what_a_removed_role_administered_does_not_come_back_by_itself(cast: Cast) -> None:
    remove_and_publish("administrator", cast.administrator)
    load(small.role("administrator", "own", "deal", fields=[]))
    assert Role.in_use.get(key="administrator").administers is False


def test_a_new_role_with_the_key_of_one_that_is_gone_begins_with_nobody(cast: Cast) -> None:
    remove_and_publish("sales", cast.administrator)
    admin = User.objects.create_superuser("root")
    client_of(admin).post(url("role_add"), {"labels_en": "Sales", "key": "sales"})
    assert members("sales") == []
    assert Group.objects.get(name="Sales").user_set.count() == 2


def test_a_role_that_is_still_published_keeps_its_members_until_it_is_published_anew(
    cast: Cast,
) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("role_delete", "administrator"))
    browser.post(url("role_add"), {"labels_en": "Administrator", "key": "administrator"})
    assert members("administrator") == ["administrator"]
    assert cast.administrator.has_perm(ADMINISTER)


def test_a_removed_role_that_was_published_gives_nothing(cast: Cast) -> None:
    remove_and_publish("administrator", cast.administrator)
    assert not cast.administrator.has_perm(ADMINISTER)
    newcomer = person("newcomer")
    newcomer.groups.add(Role.objects.get(key="administrator").group)
    assert not newcomer.has_perm(ADMINISTER)
