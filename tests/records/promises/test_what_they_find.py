"""Each kind of promise: when it holds, and the counter-example when it does not."""

import pytest

from crm_config import publication
from tests.cast import Cast, create, join, person
from tests.records.promises.promising import IT, MINE, UNOWNED, example, promise, regrant

pytestmark = pytest.mark.django_db


# -- nobody in a role ---------------------------------------------------------------------------


def test_a_role_that_grants_nothing_keeps_it(cast: Cast) -> None:
    assert example(promise("no_access", role="support", action="delete", type="deal")) is None


def test_a_grant_of_the_role_breaks_it_without_any_record(cast: Cast) -> None:
    found = example(promise("no_access", role="sales", action="delete", type="deal"))
    assert found is not None
    assert (found.role, found.alone, found.scope, found.record) == ("sales", True, "own", None)


def test_another_role_of_a_member_breaks_it_too(cast: Cast) -> None:
    join(cast.teammate, "manager")
    found = example(promise("no_access", role="support", action="delete", type="deal"))
    assert found is not None
    assert (found.user, found.alone, found.roles) == (cast.teammate.pk, False, ("manager",))


def test_with_a_condition_a_record_must_be_there(cast: Cast) -> None:
    said = promise("no_access", role="sales", action="change", type="organisation", condition=IT)
    assert example(said) is None
    create("organisation", name="Shop", sector="retail", owner=cast.owner.pk)
    assert example(said) is None
    pk = create("organisation", name="Bits", sector="it", owner=cast.owner.pk)
    found = example(said)
    assert found is not None
    assert (found.user, found.record, found.roles) == (cast.owner.pk, pk, ("sales",))


def test_a_role_that_reaches_everything_breaks_it_without_members(cast: Cast) -> None:
    pk = create("organisation", name="Bits", sector="it")
    said = promise("no_access", role="administrator", action="view", type="organisation")
    cast.administrator.groups.clear()
    found = example({**said, "arguments": {**said["arguments"], "condition": IT}})
    assert found is not None
    assert (found.role, found.alone, found.record) == ("administrator", True, pk)


def test_me_in_its_condition_is_each_person_in_turn(cast: Cast) -> None:
    own, other = (
        create("organisation", name="X", owner=user.pk, team=cast.north.pk)
        for user in (cast.teammate, cast.owner)
    )
    about = {"role": "support", "action": "change", "type": "organisation"}
    assert example(promise("no_access", **about, condition=MINE)).record == own
    assert example(promise("no_access", **about, condition={"not": MINE})).record == other


def test_superusers_stand_outside(cast: Cast) -> None:
    join(person("root"), "support")
    type(cast.owner).objects.filter(username="root").update(is_superuser=True)
    assert example(promise("no_access", role="support", action="delete", type="deal")) is None


def test_who_is_switched_off_breaks_nothing(cast: Cast) -> None:
    join(cast.teammate, "manager")
    cast.teammate.is_active = False
    cast.teammate.save()
    assert example(promise("no_access", role="support", action="delete", type="deal")) is None


# -- fields -------------------------------------------------------------------------------------


def test_a_hidden_field_is_kept_from_a_role(cast: Cast) -> None:
    said = promise("no_field", role="sales", right="read", type="organisation", field="margin")
    assert example(said) is None
    said["arguments"]["role"] = "support"
    found = example(said)
    assert found is not None
    assert (found.role, found.field, found.alone) == ("support", "margin", True)


def test_a_second_role_that_opens_the_field_is_found(cast: Cast) -> None:
    join(cast.owner, "support")
    found = example(
        promise("no_field", role="sales", right="read", type="organisation", field="margin")
    )
    assert found is not None
    assert (found.user, found.alone) == (cast.owner.pk, False)


def test_writing_is_less_than_reading(cast: Cast) -> None:
    regrant("support", change="none")
    publication.publish(user=None)
    about = {"role": "support", "type": "organisation", "field": "name"}
    assert example(promise("no_field", right="write", **about)) is None
    assert example(promise("no_field", right="read", **about)) is not None


def test_only_some_roles_read_a_field(cast: Cast) -> None:
    about = {"right": "read", "type": "organisation", "field": "margin"}
    everyone = ["administrator", "manager", "support"]
    assert example(promise("only_field", roles=everyone, **about)) is None
    found = example(promise("only_field", roles=["manager", "administrator"], **about))
    assert found is not None
    assert (found.role, found.roles) == ("support", ("support",))


# -- only some roles ----------------------------------------------------------------------------


def test_only_the_roles_named_do_it(cast: Cast) -> None:
    about = {"action": "delete", "type": "organisation"}
    assert example(promise("only", roles=["administrator", "manager", "sales"], **about)) is None
    found = example(promise("only", roles=["administrator", "manager"], **about))
    assert found is not None
    assert (found.role, found.scope, found.alone) == ("sales", "own", True)


def test_only_with_a_condition_names_who_and_which_record(cast: Cast) -> None:
    about = {"action": "change", "type": "organisation", "condition": IT}
    said = promise("only", roles=["administrator", "manager"], **about)
    create("organisation", name="Free", sector="it")
    assert example(said) is None
    pk = create("organisation", name="Bits", sector="it", team=cast.north.pk)
    found = example(said)
    assert found is not None
    assert (found.user, found.record, found.roles) == (cast.teammate.pk, pk, ("support",))


def test_who_has_one_of_the_roles_may_have_others(cast: Cast) -> None:
    create("organisation", name="Bits", sector="it", team=cast.north.pk)
    join(cast.teammate, "manager")
    said = promise(
        "only",
        roles=["administrator", "manager"],
        action="change",
        type="organisation",
        condition=IT,
    )
    assert example(said) is None


# -- reach --------------------------------------------------------------------------------------


def test_a_record_that_nobody_in_the_role_sees_is_found(cast: Cast) -> None:
    said = promise(
        "reach", role="sales", who="some", action="view", type="organisation", condition=UNOWNED
    )
    assert example(said) is None
    pk = create("organisation", name="Orphan")
    found = example(said)
    assert found is not None and (found.role, found.record, found.user) == ("sales", pk, None)
    said["arguments"]["role"] = "administrator"
    assert example(said) is None


def test_someone_and_everyone_differ(cast: Cast) -> None:
    pk = create("organisation", name="Mine", owner=cast.owner.pk)
    about = {"role": "sales", "action": "view", "type": "organisation"}
    assert example(promise("reach", who="some", **about)) is None
    found = example(promise("reach", who="all", **about))
    assert found is not None and (found.user, found.record) == (cast.stranger.pk, pk)


def test_a_role_without_members_reaches_nothing(cast: Cast) -> None:
    create("organisation", name="Any")
    cast.manager.groups.clear()
    about = {"role": "manager", "action": "view", "type": "organisation"}
    assert example(promise("reach", who="some", **about)) is not None
    assert example(promise("reach", who="all", **about)) is None


# -- broken -------------------------------------------------------------------------------------


def test_what_cannot_be_checked_is_not_kept(cast: Cast) -> None:
    gone = {"field": "gone", "op": "is_set"}
    about = {"role": "sales", "action": "view"}
    for more in ({"type": "nothing"}, {"type": "organisation", "condition": gone}):
        found = example(promise("no_access", **about, **more))
        assert found is not None and found.broken
