"""While somebody is away, whoever stands in has their reach besides their own, as them."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from records import delegations, services
from records.access import Access
from records.errors import Forbidden
from records.gate import Change
from records.models import Delegation, Event, Record
from records.selectors import Query, get, page
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@kept
def alpha(cast: Cast) -> int:
    return create("organisation", name="Alpha", margin=7, owner=cast.stranger.pk)


def away(of: Any, to: Any, *, since: timedelta = -DAY, until: timedelta = DAY) -> Delegation:
    now = timezone.now()
    return Delegation.objects.create(of=of, to=to, since=now + since, until=now + until, at=now)


def seen_by(user: Any) -> list[str]:
    access = Access.of(user)
    return [r.title for r in page(Query(access.snapshot.types["organisation"]), access=access).rows]


def test_who_stands_in_reaches_what_the_absent_person_does(cast: Cast, alpha: int) -> None:
    assert seen_by(cast.teammate) == []
    away(cast.stranger, cast.teammate)
    assert seen_by(cast.teammate) == ["Alpha"]
    change = Change("change", id=alpha, values={"headcount": 3})
    outcome = services.execute_one(change, access=Access.of(cast.teammate), channel="screen")
    assert outcome.ok
    assert Event.objects.latest("id").actor == cast.teammate


@pytest.mark.parametrize(("since", "until"), [(DAY, 2 * DAY), (-2 * DAY, -DAY)])
def test_only_while_it_lasts(cast: Cast, alpha: int, since: timedelta, until: timedelta) -> None:
    away(cast.stranger, cast.teammate, since=since, until=until)
    assert seen_by(cast.teammate) == []


def test_it_goes_one_step_and_not_further(cast: Cast, alpha: int) -> None:
    away(cast.stranger, cast.teammate)
    away(cast.teammate, cast.owner)
    assert seen_by(cast.owner) == []


def test_who_is_switched_off_leaves_nothing(cast: Cast, alpha: int) -> None:
    away(cast.stranger, cast.teammate)
    cast.stranger.is_active = False
    cast.stranger.save()
    assert seen_by(cast.teammate) == []


def test_what_a_superuser_may_beyond_their_roles_goes_to_nobody(cast: Cast, alpha: int) -> None:
    cast.outsider.is_superuser = True
    cast.outsider.save()
    away(cast.outsider, cast.teammate)
    assert seen_by(cast.teammate) == []


def test_roles_of_one_are_not_mixed_with_what_is_anothers(cast: Cast, alpha: int) -> None:
    """The teammate's role reads margins, of their team; the stranger's does not, of their own."""
    beta = create("organisation", name="Beta", margin=9, team=cast.north.pk)
    away(cast.stranger, cast.teammate)
    access = Access.of(cast.teammate)
    assert get(beta, access=access).value("margin") == 9
    view = get(alpha, access=access)
    assert view.value("margin") is None
    assert "margin" not in {f.key for f in view.fields}
    organisation = access.snapshot.types["organisation"]
    assert "margin" not in access.readable_everywhere(organisation)
    change = Change("change", id=alpha, values={"margin": 1})
    refused = services.execute_one(change, access=access, channel="screen")
    assert {r.code for r in refused.refusals} == {"unknown_field"}
    assert Record.unscoped.get(pk=alpha).data["margin"] == 7


def test_one_arranges_it_for_oneself_and_administrators_for_anybody(cast: Cast) -> None:
    now = timezone.now()
    span = {"since": now, "until": now + DAY}
    delegations.give(of=cast.owner, to=cast.teammate, by=cast.owner, **span)
    with pytest.raises(Forbidden):
        delegations.give(of=cast.stranger, to=cast.owner, by=cast.owner, **span)
    delegations.give(of=cast.stranger, to=cast.owner, by=cast.administrator, **span)
    for wrong in ({"to": cast.owner}, {"until": now - DAY}):
        with pytest.raises(Forbidden):
            delegations.give(
                **{"of": cast.owner, "to": cast.teammate, "by": cast.owner, **span, **wrong}
            )
    assert delegations.visible(cast.teammate).count() == 1
    assert delegations.visible(cast.administrator).count() == 2
    assert not delegations.endable(cast.teammate).exists()


def test_the_screens_arrange_and_end_it_and_say_so(cast: Cast, alpha: int) -> None:
    client = browser(cast.stranger)
    today = timezone.localdate()
    posted = {"to": cast.teammate.pk, "since": today, "until": today + DAY, "of": cast.owner.pk}
    assert client.post(reverse("away:index"), posted).status_code == 302
    found = Delegation.objects.get()
    assert (found.of, found.to, found.by) == (cast.stranger, cast.teammate, cast.stranger)
    Delegation.objects.update(since=timezone.now() - DAY)
    other = browser(cast.teammate)
    assert "You stand in for Stranger" in text_of(other.get(reverse("wagtailadmin_home")))
    assert "because you stand in for Stranger" in text_of(other.get(url("record", alpha)))
    assert other.post(reverse("away:end", args=[found.pk])).status_code == 404
    assert client.post(reverse("away:end", args=[found.pk])).status_code == 302
    assert seen_by(cast.teammate) == []
