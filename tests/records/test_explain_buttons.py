"""Administrators do what an explanation says it would take: they are shown what comes of it, and agree."""

from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.models import RecordType, Role
from records.access import Access
from records.models import Record, RecordShare
from records.views.explain import Offered
from tests.cast import Cast, create
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha(cast: Cast) -> int:
    return create("organisation", name="Alpha", owner=cast.owner.pk, team=cast.north.pk)


def offers(viewer: Any, subject: Any, pk: int, action: str = "view") -> dict[str, Offered]:
    shown = browser(viewer).get(url("explain", pk, user=subject.pk, action=action))
    return {offered.remedy.kind: offered for offered in shown.context["remedies"]}


def sees(user: Any, pk: int) -> bool:
    access = Access.of(user)
    record = Record.unscoped.get(pk=pk)
    return access.allows("view", record, access.snapshot.types["organisation"])


def test_a_role_is_widened_in_the_working_copy_and_holds_once_published(
    cast: Cast, alpha: int
) -> None:
    offered = offers(cast.administrator, cast.stranger, alpha)["scope"]
    client = browser(cast.administrator)
    asked = text_of(client.get(offered.url))
    assert "Records they own → All records" in asked or "teams → All records" in asked
    done = client.post(offered.url)
    assert done.status_code == 302 and done["Location"] == "/admin/studio/review/"
    grant = Role.objects.get(key="sales").grants.get(record_type="organisation", action="view")
    assert grant.scope == "all" and not sees(cast.stranger, alpha)
    assert "says so already" in text_of(client.get(offered.url))
    publication.publish(user=None, reason="wider")
    assert sees(cast.stranger, alpha)
    assert client.get(offered.url).status_code == 404


def test_what_reaches_further_in_the_working_copy_stays(cast: Cast, alpha: int) -> None:
    offered = offers(cast.administrator, cast.stranger, alpha, "change")["scope"]
    grants = Role.objects.get(key="sales").grants
    grants.filter(record_type="organisation", action="view").update(scope="all")
    browser(cast.administrator).post(offered.url)
    scopes = dict(grants.filter(record_type="organisation").values_list("action", "scope"))
    assert scopes["view"] == "all" and scopes["change"] == offered.remedy.grants["change"]


def test_a_share_is_filled_in_and_given(cast: Cast, alpha: int) -> None:
    candidate = payload.dump()
    role = next(raw for raw in candidate["roles"] if raw["key"] == "administrator")
    role["grants"].append({"type": "organisation", "action": "share", "scope": "all"})
    payload.load(candidate, replace=True)
    publication.publish(user=None, reason="sharing")
    client = browser(cast.administrator)
    offered = offers(cast.administrator, cast.stranger, alpha)["share"]
    form = client.get(offered.url).context["form"]
    assert form["holder"].value() == f"user:{cast.stranger.pk}" and form["level"].value() == "view"
    client.post(offered.url, {"holder": form["holder"].value(), "level": "view"})
    assert RecordShare.objects.get().user == cast.stranger and sees(cast.stranger, alpha)


def test_a_share_is_offered_to_those_alone_who_could_give_it(cast: Cast, alpha: int) -> None:
    """The small company's administrators may not share."""
    assert offers(cast.administrator, cast.stranger, alpha)["share"].url == ""


def test_a_role_is_given(cast: Cast, alpha: int) -> None:
    cast.north.memberships.create(user=cast.outsider)
    offered = offers(cast.administrator, cast.outsider, alpha)["role"]
    client = browser(cast.administrator)
    assert "holds at once" in text_of(client.get(offered.url))
    done = client.post(offered.url)
    assert done.status_code == 302 and sees(cast.outsider, alpha)
    assert cast.outsider in Role.objects.get(key=offered.remedy.role).group.user_set.all()


def test_nobody_takes_a_role_where_two_persons_are_asked_for(cast: Cast, alpha: int) -> None:
    candidate = payload.dump()
    candidate["company"]["two_person"] = True
    for raw in candidate["roles"]:
        if raw["key"] == "administrator":
            raw["grants"] = [g for g in raw["grants"] if g["type"] != "organisation"]
    payload.load(candidate, replace=True)
    publication.publish(user=None, reason="two")
    me = cast.administrator
    shown = browser(me).get(url("explain_type", "organisation", user=me.pk))
    offered = [o for o in shown.context["remedies"] if o.remedy.kind == "role"]
    for each in offered:
        assert "second person" in text_of(browser(me).post(each.url))
    widened = [o for o in shown.context["remedies"] if o.remedy.kind == "grant"]
    assert offered or widened
    assert set(me.groups.values_list("role__key", flat=True)) == {"administrator"}


def test_others_are_offered_nothing_and_can_do_nothing(cast: Cast, alpha: int) -> None:
    offered = offers(cast.administrator, cast.stranger, alpha)["scope"]
    shown = browser(cast.owner).get(url("explain", alpha, action="delete"))
    assert all(not each.url for each in shown.context["remedies"])
    for user in (cast.owner, cast.manager, cast.outsider):
        client = browser(user)
        assert client.get(offered.url).status_code in (302, 403, 404)
        assert client.post(offered.url).status_code in (302, 403, 404)
    grant = Role.objects.get(key="sales").grants.get(record_type="organisation", action="view")
    assert grant.scope != "all"


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "share"},
        {"kind": "scope", "role": "nothing"},
        {"kind": "role", "role": "administrator"},
        {"kind": "scope", "role": "sales", "action": "x"},
    ],
)
def test_what_is_no_remedy_is_not_done(cast: Cast, alpha: int, asked: dict[str, str]) -> None:
    address = url("explain_do", alpha, **{"user": cast.stranger.pk, **asked})
    assert browser(cast.administrator).post(address).status_code == 404


def test_of_a_whole_type_too(cast: Cast) -> None:
    """Whoever may not do it with any record."""
    shown = browser(cast.administrator).get(
        url("explain_type", "organisation", user=cast.teammate.pk, action="delete")
    )
    offered = next(o for o in shown.context["remedies"] if o.remedy.kind in ("grant", "scope"))
    assert browser(cast.administrator).post(offered.url).status_code == 302
    grants = Role.objects.get(key=offered.remedy.role).grants
    assert grants.filter(record_type="organisation", action="delete").exists()


def test_what_the_working_copy_does_without_is_said(cast: Cast, alpha: int) -> None:
    offered = offers(cast.administrator, cast.stranger, alpha)["scope"]
    client = browser(cast.administrator)
    RecordType.objects.filter(key="organisation").update(retired=True)
    assert "not in the working copy any more" in text_of(client.get(offered.url))
    assert "not in the working copy any more" in text_of(client.post(offered.url))
    RecordType.objects.filter(key="organisation").update(retired=False)
    Role.objects.filter(key="sales").update(removed=True)
    assert "not in the working copy any more" in text_of(client.post(offered.url))
