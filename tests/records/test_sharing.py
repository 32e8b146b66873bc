"""A record is shared with a person or a team, until a day, through the gate; what roles do not let anybody do at
all, no share does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm_config import payload, publication
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Event, Record, RecordShare
from records.selectors import Query, get, page
from records.selectors.timeline import timeline
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


@kept
def shared(cast: Cast) -> Cast:
    """Sales may share what they own."""
    candidate = payload.dump()
    sales = next(raw for raw in candidate["roles"] if raw["key"] == "sales")
    sales["grants"].append({"type": "organisation", "action": "share", "scope": "own"})
    payload.load(candidate, replace=True)
    publication.publish(user=None, reason="sharing")
    return cast


@kept
def alpha(shared: Cast) -> int:
    return create("organisation", name="Alpha", owner=shared.owner.pk)


def share(pk: int, by: Any, **values: Any) -> Outcome:
    change = Change("share", id=pk, values={"level": "view", **values})
    return services.execute_one(change, access=Access.of(by), channel="screen")


def codes(outcome: Outcome) -> set[str]:
    return {refusal.code for refusal in outcome.refusals}


def seen_by(user: Any) -> list[str]:
    access = Access.of(user)
    return [r.title for r in page(Query(access.snapshot.types["organisation"]), access=access).rows]


def test_a_share_shows_the_record_until_it_is_taken_back(shared: Cast, alpha: int) -> None:
    assert seen_by(shared.stranger) == []
    assert share(alpha, shared.owner, user=shared.stranger.pk).ok
    assert seen_by(shared.stranger) == ["Alpha"]
    access = Access.of(shared.stranger)
    view = get(alpha, access=access)
    assert view.may("view") and not view.may("change") and not view.may("export")
    taken = Change("unshare", id=alpha, values={"share": RecordShare.objects.get().pk})
    assert services.execute_one(taken, access=Access.of(shared.owner), channel="screen").ok
    assert seen_by(shared.stranger) == []


def test_a_share_to_change_lets_change_and_nothing_else(shared: Cast, alpha: int) -> None:
    share(alpha, shared.owner, user=shared.stranger.pk, level="change")
    access = Access.of(shared.stranger)
    change = Change("change", id=alpha, values={"headcount": 9})
    assert services.execute_one(change, access=access, channel="screen").ok
    assert Record.unscoped.get(pk=alpha).data["headcount"] == 9
    for action in ("archive", "delete", "share"):
        assert codes(
            services.execute_one(Change(action, id=alpha), access=access, channel="screen")
        ) >= {"forbidden"}


def test_a_team_is_given_it_for_its_members(shared: Cast, alpha: int) -> None:
    share(alpha, shared.owner, team=shared.south.pk)
    assert seen_by(shared.stranger) == ["Alpha"] and seen_by(shared.teammate) == []


def test_a_share_ends_by_itself(shared: Cast, alpha: int) -> None:
    until = timezone.now() + timedelta(days=1)
    assert share(alpha, shared.owner, user=shared.stranger.pk, until=until).ok
    assert seen_by(shared.stranger) == ["Alpha"]
    RecordShare.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert seen_by(shared.stranger) == []
    assert codes(share(alpha, shared.owner, user=shared.stranger.pk, until=timezone.now())) == {
        "invalid"
    }


def test_who_may_not_share_is_refused_as_for_any_change(shared: Cast, alpha: int) -> None:
    assert codes(share(alpha, shared.teammate, user=shared.stranger.pk)) == {"not_found"}
    RecordShare.objects.create(
        record_id=alpha, user=shared.stranger, level="view", given_at=timezone.now()
    )
    assert codes(share(alpha, shared.stranger, user=shared.teammate.pk)) == {"forbidden"}
    assert RecordShare.objects.count() == 1


def test_no_share_goes_beyond_the_roles_of_who_gets_it(shared: Cast, alpha: int) -> None:
    assert codes(share(alpha, shared.owner, user=shared.outsider.pk)) == {"out_of_reach"}
    RecordShare.objects.create(
        record_id=alpha, user=shared.outsider, level="change", given_at=timezone.now()
    )
    access = Access.of(shared.outsider)
    organisation = access.snapshot.types["organisation"]
    assert not access.may("view", organisation)
    assert not access.allows("view", Record.unscoped.get(pk=alpha), organisation)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"user": "5"},
        {"user": True},
        {"user": 1, "team": 1},
        {"user": 1, "level": "delete"},
        {"user": 1, "until": "tomorrow"},
        {"user": 1, "note": 5},
        {"user": 999_999},
        {"team": 999_999},
    ],
)
def test_nonsense_is_refused(shared: Cast, alpha: int, values: dict[str, Any]) -> None:
    assert codes(share(alpha, shared.owner, **values)) <= {"invalid", "no_such_target"}
    assert not RecordShare.objects.exists()


def test_history_tells_who_shared_it_with_whom(shared: Cast, alpha: int) -> None:
    share(alpha, shared.owner, user=shared.stranger.pk, note="Please look")
    event = Event.objects.filter(record_id=alpha).latest("id")
    assert (event.action, event.actor, event.version) == ("shared", shared.owner, 1)
    entries, _next = timeline(get(alpha, access=Access.of(shared.owner)))
    told = entries[0].share
    assert told is not None
    assert (told.holder, told.level, told.note) == ("Stranger", "view", "Please look")


def test_the_screen_shares_and_takes_back(shared: Cast, alpha: int) -> None:
    client = browser(shared.owner)
    assert url("shares", alpha) in text_of(client.get(url("record", alpha)))
    posted = {"holder": f"user:{shared.stranger.pk}", "level": "view", "until": "", "note": "x"}
    assert client.post(url("shares", alpha), posted).status_code == 302
    found = RecordShare.objects.get()
    assert (found.user, found.given_by) == (shared.stranger, shared.owner)
    page = text_of(client.get(url("shares", alpha)))
    assert "Stranger" in page and url("unshare", alpha, found.pk) in page
    refused = client.post(url("shares", alpha), {**posted, "holder": f"user:{shared.outsider.pk}"})
    assert "None of their roles" in text_of(refused)
    stranger = browser(shared.stranger)
    assert stranger.get(url("shares", alpha)).status_code in (302, 403)
    assert url("shares", alpha) not in text_of(stranger.get(url("record", alpha)))
    client.post(url("unshare", alpha, found.pk))
    assert not RecordShare.objects.exists()


def test_shares_go_with_their_record(shared: Cast, alpha: int) -> None:
    share(alpha, shared.owner, user=shared.stranger.pk)
    gone = services.execute_one(
        Change("delete", id=alpha), access=Access.system(), channel="system"
    )
    assert gone.ok and not RecordShare.objects.exists()
