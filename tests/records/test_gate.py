"""What passes the gate and what does not."""

import pytest

from crm_config.live import live
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Event, Record, RecordLink, UniqueValue
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def one(change: Change, user: object) -> Outcome:
    return services.execute_one(change, access=Access.of(user), channel="screen")


def codes(outcome: Outcome) -> set[tuple[str, str | None]]:
    return {(r.code, r.field) for r in outcome.refusals}


def test_a_record_is_created_with_its_title_owner_and_event(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="Aegean Optics", sector="it", headcount=12)
    record = Record.unscoped.get(pk=pk)
    assert live().type_of(pk).key == record.type == "organisation"
    assert (record.title, record.owner, record.version) == ("Aegean Optics", cast.owner, 1)
    assert record.data == {"name": "Aegean Optics", "sector": "it", "headcount": 12}
    event = Event.objects.get(record_id=pk)
    assert event.action == "created" and event.changes["sector"] == [None, "it"]


def test_all_refusals_are_told_at_once(cast: Cast) -> None:
    create("organisation", name="A", code="X-1")
    values = {
        "headcount": "many",
        "sector": "farming",
        "margin": 1,
        "code": "X-1",
        "owner": cast.stranger.pk,
    }
    outcome = one(Change("create", type="organisation", values=values), cast.owner)
    assert codes(outcome) == {
        ("not_a_number", "headcount"),
        ("unknown_option", "sector"),
        ("unknown_field", "margin"),
        ("not_unique", "code"),
        ("required", "name"),
        ("outside_scope", "owner"),
    }
    assert Record.unscoped.count() == 1


def test_who_is_refused_takes_no_unique_value_from_the_next_one(cast: Cast) -> None:
    changes = [
        Change("create", type="organisation", values={"code": "X-1"}),
        Change("create", type="organisation", values={"name": "B", "code": "X-1"}),
    ]
    receipt = services.execute(changes, access=Access.system(), channel="import", partial=True)
    assert codes(receipt.outcomes[0]) == {("required", "name")}
    assert receipt.outcomes[1].ok


def test_nothing_more_is_said_of_a_record_that_may_not_be_seen(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A", code="X-1")
    values = {"headcount": "many", "name": "", "code": "X-1"}
    outcome = one(Change("change", id=pk, values=values, base_version=9), cast.stranger)
    assert codes(outcome) == {("not_found", None)}


def test_a_required_value_may_not_be_missing_or_lost(cast: Cast) -> None:
    assert ("required", "name") in codes(
        one(Change("create", type="organisation", values={}), cast.owner)
    )
    pk = create("organisation", cast.owner, name="A")
    assert ("required", "name") in codes(
        one(Change("change", id=pk, values={"name": " "}), cast.owner)
    )


def test_nobody_changes_what_they_do_not_see(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    for user in (cast.stranger, cast.outsider):
        outcome = one(Change("change", id=pk, values={"name": "B"}), user)
        assert codes(outcome) == {("not_found", None)}
    assert Record.unscoped.get(pk=pk).title == "A"


def test_a_hidden_field_does_not_exist_and_is_kept(cast: Cast) -> None:
    pk = create("organisation", name="A", margin=40, owner=cast.owner.pk)
    assert codes(one(Change("change", id=pk, values={"margin": 1}), cast.owner)) == {
        ("unknown_field", "margin")
    }
    assert one(Change("change", id=pk, values={"name": "B"}), cast.owner).ok
    assert Record.unscoped.get(pk=pk).data == {"name": "B", "margin": 40}


def test_unique_values_hold_in_the_database_and_within_a_batch(cast: Cast) -> None:
    create("organisation", name="A", code="X-1")
    changes = [
        Change("create", type="organisation", values={"name": "B", "code": "x-1"}, ref=1),
        Change("create", type="organisation", values={"name": "C", "code": "X-2"}, ref=2),
        Change("create", type="organisation", values={"name": "D", "code": "X-2"}, ref=3),
    ]
    receipt = services.execute(changes, access=Access.system(), channel="import", partial=True)
    assert [o.ok for o in receipt.outcomes] == [False, True, False]
    assert UniqueValue.objects.count() == 2


def test_without_partial_one_refusal_leaves_all_undone(cast: Cast) -> None:
    changes = [
        Change("create", type="organisation", values={"name": "B"}),
        Change("create", type="organisation", values={}),
    ]
    receipt = services.execute(changes, access=Access.system(), channel="api")
    assert not receipt.ok and not Record.unscoped.exists()


def test_stale_edits_merge_where_they_do_not_overlap(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A", headcount=1)
    assert one(Change("change", id=pk, values={"headcount": 2}, base_version=1), cast.owner).ok
    merged = one(Change("change", id=pk, values={"name": "B"}, base_version=1), cast.owner)
    assert merged.ok and merged.merged and merged.version == 3
    clash = one(Change("change", id=pk, values={"headcount": 9}, base_version=1), cast.owner)
    assert codes(clash) == {("conflict", "headcount")}
    assert (clash.refusals[0].detail["theirs"], clash.refusals[0].detail["mine"]) == (2, 9)


def test_links_point_only_at_what_fits_and_is_seen(cast: Cast) -> None:
    mine = create("organisation", cast.owner, name="Mine")
    theirs = create("organisation", cast.stranger, name="Theirs")
    ok = one(
        Change("create", type="person", values={"family_name": "P", "company": mine}), cast.owner
    )
    assert ok.ok and RecordLink.objects.get(source=ok.id).target_id == mine
    bad = one(
        Change("create", type="person", values={"family_name": "P", "company": theirs}), cast.owner
    )
    assert codes(bad) == {("no_such_target", "company")}


def test_deleting_is_held_back_or_clears_links_as_configured(cast: Cast) -> None:
    org = create("organisation", name="A")
    person = create("person", family_name="P", company=org)
    deal = create("deal", name="D", customer=org)
    assert codes(one(Change("delete", id=org), cast.administrator)) == {("held", None)}
    assert one(Change("delete", id=deal), cast.administrator).written
    assert one(Change("delete", id=org), cast.administrator).written
    assert not Record.unscoped.filter(pk__in=[org, deal]).exists()
    assert not RecordLink.objects.exists()
    event = Event.objects.filter(record_id=person).first()
    assert event is not None and event.changes == {"company": [[org], []]}
    gone = Event.objects.get(record_id=org)
    assert gone.action == "deleted" and gone.changes == {}


def test_archived_records_are_restored_before_they_change(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    assert one(Change("archive", id=pk), cast.owner).written
    assert codes(one(Change("change", id=pk, values={"name": "B"}), cast.owner)) == {
        ("archived", None)
    }
    assert one(Change("restore", id=pk), cast.owner).written
    assert one(Change("change", id=pk, values={"name": "B"}), cast.owner).written


def test_giving_a_record_away_needs_the_right_to_assign(cast: Cast) -> None:
    pk = create("organisation", name="A", owner=cast.owner.pk, team=cast.north.pk)
    refused = one(Change("change", id=pk, values={"owner": cast.teammate.pk}), cast.teammate)
    assert not refused.ok
    assert one(Change("change", id=pk, values={"owner": cast.teammate.pk}), cast.owner).written


def test_asking_writes_nothing(cast: Cast) -> None:
    change = Change("create", type="organisation", values={"name": "A"})
    assert services.check([change], access=Access.of(cast.owner), channel="screen")[0].ok
    assert not Record.unscoped.exists() and not Event.objects.exists()


def test_a_change_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    outcome = one(Change("change", id=pk, values={"name": "A"}), cast.owner)
    assert outcome.ok and not outcome.written
    assert Event.objects.filter(record_id=pk).count() == 1
