"""Who may import what, into which fields, and who sees an import."""

from dataclasses import replace
from typing import Any

import pytest

from records.access import Access
from records.errors import NotVisible
from records.imports import mapping, rights, selectors, services
from records.imports.errors import MappingRefused
from records.models import ImportRun, Record
from tests import company as small
from tests.cast import Cast, create
from tests.records.imports.conftest import begin, codes, columns, dry, real, statuses

NAMES = columns(("name", "name"), type="organisation")


def choose(run: ImportRun, user: Any, **more: Any) -> None:
    raw = columns(("name", "name"), **{"type": "organisation", **more})
    services.choose(run, mapping.load(raw), access=Access.of(user))


def test_without_the_grant_there_is_no_import(cast: Cast) -> None:
    for user in (cast.teammate, cast.outsider):
        assert rights.importable(Access.of(user)) == ()
        with pytest.raises(MappingRefused):
            begin(user, "name\nA\n", NAMES)
    assert {t.key for t in rights.importable(Access.of(cast.owner))} == {
        "organisation",
        "person",
        "deal",
    }


def test_fields_that_are_hidden_or_computed_take_nothing(cast: Cast) -> None:
    keys = {
        f.key
        for f in rights.fields(
            Access.of(cast.owner), Access.of(cast.owner).snapshot.types["organisation"]
        )
    }
    assert "margin" not in keys
    assert not keys & {"title", "created_at", "modified_by"}
    run = begin(cast.owner, "name,margin\nA,1\n", NAMES)
    with pytest.raises(MappingRefused, match="margin"):
        services.choose(
            run,
            mapping.load(columns(("name", "name"), ("margin", "margin"), type="organisation")),
            access=Access.of(cast.owner),
        )


def test_only_administrators_make_people(cast: Cast) -> None:
    raw = columns(
        ("name", "name"), {"column": "who", "field": "owner", "create": True}, type="organisation"
    )
    run = begin(cast.manager, "name,who\nA,New\n", raw)
    with pytest.raises(MappingRefused, match="administrators"):
        services.choose(run, mapping.load(raw), access=Access.of(cast.manager))


def test_nobody_imports_for_an_owner_outside_their_scope(cast: Cast) -> None:
    raw = columns(("name", "name"), ("who", "owner"), type="organisation")
    assert codes(dry(cast.owner, "name,who\nA,owner\nB,stranger\n", raw)) == {3: ["outside_scope"]}


def test_records_seen_but_not_to_be_changed_are_refused(cast: Cast) -> None:
    raw = small.small_company()
    raw["roles"][2]["grants"] = [
        {**grant, "scope": "all"} if grant["action"] == "view" else grant
        for grant in raw["roles"][2]["grants"]
    ]
    small.publish(company=raw)
    create("organisation", cast.stranger, name="Theirs")
    by_name = {"on": ["name"], "mode": "both"}
    chosen = columns(("name", "name"), ("staff", "headcount"), type="organisation", match=by_name)
    assert codes(dry(cast.owner, "name,staff\nTheirs,5\n", chosen)) == {2: ["forbidden"]}


def test_the_grant_to_import_holds_in_its_own_scope(cast: Cast) -> None:
    raw = small.small_company()
    raw["roles"][2]["grants"] = [
        {**grant, "scope": "own" if grant["action"] == "import" else "all"}
        for grant in raw["roles"][2]["grants"]
    ]
    small.publish(company=raw)
    chosen = columns(("name", "name"), ("who", "owner"), type="organisation")
    run = real(cast.owner, "name,who\nMine,owner\nTheirs,stranger\n", chosen)
    assert statuses(run) == ["created", "refused"]
    assert Record.unscoped.filter(type="organisation").count() == 1


def test_imports_are_ones_own_and_administrators_see_all(cast: Cast) -> None:
    run = begin(cast.owner, "name\nA\n", NAMES)
    assert selectors.run(run.pk, access=Access.of(cast.owner)) == run
    assert selectors.run(run.pk, access=Access.of(cast.administrator)) == run
    for user in (cast.manager, cast.teammate, cast.stranger, cast.outsider):
        with pytest.raises(NotVisible):
            selectors.run(run.pk, access=Access.of(user))
    assert selectors.may_steer(run, Access.of(cast.owner))
    assert not selectors.may_steer(run, Access.of(cast.administrator))


def test_mappings_are_ones_own_or_shared(cast: Cast) -> None:
    run = begin(cast.owner, "name\nA\n", NAMES)
    saved = services.save_mapping(run, access=Access.of(cast.owner), name="Firms")
    again = services.save_mapping(run, access=Access.of(cast.owner), name="Firms")
    assert saved.pk == again.pk
    assert list(selectors.saved_mappings(Access.of(cast.owner), "organisation")) == [saved]
    assert not selectors.saved_mappings(Access.of(cast.stranger)).exists()
    services.save_mapping(run, access=Access.of(cast.owner), name="Firms", shared=True)
    assert selectors.saved_mappings(Access.of(cast.stranger)).count() == 1
    assert not selectors.saved_mappings(Access.of(cast.teammate)).exists()


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"type": "nowhere"}, "nowhere"),
        ({"columns": []}, "at least one"),
        ({"columns": [{"column": "other", "field": "name"}]}, "other"),
        (
            {"columns": [{"column": "name", "field": "name"}, {"value": "x", "field": "name"}]},
            "Two columns",
        ),
        ({"columns": [{"column": "name", "field": "code"}]}, "required"),
        ({"columns": [{"column": "name", "field": "title"}]}, "title"),
        ({"match": {"on": ["code"], "mode": "both"}}, "no column"),
        ({"match": {"on": [], "mode": "both"}}, "Choose the fields"),
        ({"match": {"on": ["notes"], "mode": "both"}}, "cannot be found"),
        ({"remarks": [{"key": "x", "where": {"field": "gone", "op": "is_empty"}}]}, "remark"),
        ({"remarks": [{"key": "x", "where": {"field": "owner.name", "op": "is_empty"}}]}, "remark"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(cast: Cast, more: dict[str, Any], word: str) -> None:
    run = begin(cast.owner, "name\nA\n", NAMES)
    raw = {**columns(("name", "name"), type="organisation"), **more}
    with pytest.raises(MappingRefused, match=word):
        services.choose(run, mapping.load(raw), access=Access.of(cast.owner))


@pytest.mark.parametrize(
    "raw",
    [
        [],
        {},
        {"format": 1, "type": "x", "colums": []},
        {"format": 1, "type": "x", "columns": [{"field": "name"}]},
        {"format": 1, "type": "x", "columns": [{"column": "a", "value": 1, "field": "name"}]},
        {"format": 1, "type": "x", "reading": {"date_order": "american"}},
        {"format": 1, "type": "x", "match": {"mode": "merge"}},
        {"format": 1, "type": "x", "remarks": [{}]},
        {"format": 1, "type": "x", "file": {"codepage": 1}},
    ],
)
def test_what_is_no_mapping_is_told(raw: Any) -> None:
    with pytest.raises(MappingRefused):
        mapping.load(raw)


def test_a_mapping_is_written_as_it_was_read(cast: Cast) -> None:
    raw = columns(
        {
            "column": "a",
            "field": "customer",
            "by": ["code", "title"],
            "create": True,
            "read_as": {"x": "y"},
        },
        {"value": "EUR", "field": "amount.currency"},
        type="deal",
        reading={"date_order": "mdy", "decimal_mark": ",", "phone_region": "GR"},
        match={"on": ["name"], "mode": "both"},
        empty="clear",
        file={"format": "csv", "delimiter": ";", "heading_row": 2},
        remarks=[
            {"key": "open", "labels": {"en": "Open"}, "where": {"field": "won", "op": "is_empty"}}
        ],
    )
    loaded = mapping.load(raw)
    assert loaded.dump() == raw
    assert mapping.load(loaded.dump()) == loaded
    assert replace(loaded, mode="create") != loaded
