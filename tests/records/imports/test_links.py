"""Links are found by what files call records, among those that the person sees, within the file too."""

from records.access import Access
from records.models import Record
from records.selectors.reading import get
from tests import company as small
from tests.cast import Cast, create
from tests.records.imports.conftest import codes, columns, dry, outcomes, real, statuses

PEOPLE = columns(
    ("name", "family_name"), {"column": "firm", "field": "company", "by": ["title"]}, type="person"
)


def company_of(run, row: int, user) -> tuple[int, ...]:
    view = get(outcomes(run)[row].record or 0, access=Access.of(user))
    return view.value("company") or ()


def test_by_title_whatever_the_case(cast: Cast) -> None:
    firm = create("organisation", cast.owner, name="Aegean Optics")
    run = real(cast.owner, "name,firm\nA,aegean  OPTICS\nB,\nC,Other\n", PEOPLE)
    assert statuses(run) == ["created", "created", "refused"]
    assert company_of(run, 2, cast.owner) == (firm,)
    assert company_of(run, 3, cast.owner) == ()
    fault = outcomes(run)[4].faults[0]
    assert (fault.code, fault.column, fault.value) == ("no_match", "firm", "Other")


def test_by_a_unique_field_then_by_title(cast: Cast) -> None:
    first = create("organisation", cast.owner, name="Aegean", code="AO-1")
    second = create("organisation", cast.owner, name="Boreas", code="BO-2")
    firm = {"column": "firm", "field": "company", "by": ["code", "title"]}
    raw = columns(("name", "family_name"), firm, type="person")
    run = real(cast.owner, "name,firm\nA,ao-1\nB,Boreas\n", raw)
    assert [company_of(run, row, cast.owner) for row in (2, 3)] == [(first,), (second,)]


def test_by_number_as_exports_hold_it(cast: Cast) -> None:
    firm = create("organisation", cast.owner, name="Aegean")
    raw = columns(
        ("name", "family_name"), {"column": "firm", "field": "company", "by": "id"}, type="person"
    )
    run = real(cast.owner, f"name,firm\nA,{firm}\nB,12345\nC,x\n", raw)
    assert statuses(run) == ["created", "refused", "refused"]


def test_two_of_one_name_are_not_chosen_among(cast: Cast) -> None:
    for _twice in range(2):
        create("organisation", cast.owner, name="Twin")
    run = dry(cast.owner, "name,firm\nA,Twin\n", PEOPLE)
    assert codes(run) == {2: ["ambiguous"]}


def test_what_one_may_not_see_is_not_found(cast: Cast) -> None:
    create("organisation", cast.stranger, name="Secret")
    run = dry(cast.owner, "name,firm\nA,Secret\nB,No such\n", PEOPLE)
    told = [found.faults[0] for found in outcomes(run).values()]
    assert [fault.code for fault in told] == ["no_match", "no_match"]
    assert told[0].message.replace("Secret", "") == told[1].message.replace("No such", "")


def test_records_one_may_not_see_are_not_matched_either(cast: Cast) -> None:
    create("organisation", cast.stranger, name="Secret", headcount=5)
    raw = columns(("name", "name"), type="organisation", match={"on": ["name"], "mode": "both"})
    run = real(cast.owner, "name\nSecret\n", raw)
    assert statuses(run) == ["created"]
    assert Record.unscoped.filter(title="Secret").count() == 2


def test_missing_ones_are_made_once_where_the_mapping_says_so(cast: Cast) -> None:
    raw = columns(
        ("name", "family_name"),
        {"column": "firm", "field": "company", "by": ["title"], "create": True},
        type="person",
    )
    text = "name,firm\nA,New Firm\nB,New Firm\nC,Other Firm\n"
    tried = dry(cast.owner, text, raw)
    assert (statuses(tried), tried.counts["made"]) == (["created"] * 3, {"company": 2})
    assert not Record.unscoped.filter(type="organisation").exists()
    run = real(cast.owner, text, raw)
    assert run.counts["made"] == {"company": 2}
    assert company_of(run, 2, cast.owner) == company_of(run, 3, cast.owner) != ()
    made = Record.unscoped.filter(type="organisation")
    assert set(made.values_list("title", "owner")) == {
        ("New Firm", cast.owner.pk),
        ("Other Firm", cast.owner.pk),
    }


def group() -> dict:
    """Organisations that are parts of others."""
    raw = small.organisation()
    parent = small.field(
        "parent", "link", options={"targets": ["organisation"], "reverse_key": "parts"}
    )
    return {**raw, "fields": [*raw["fields"], parent]}


TREE = columns(
    ("name", "name"),
    {"column": "of", "field": "parent", "by": ["title"]},
    type="organisation",
    match={"on": ["name"], "mode": "both"},
)


def test_rows_link_to_rows_further_down(cast: Cast) -> None:
    small.publish(group())
    text = "name,of\nLeaf,Branch\nBranch,Root\nRoot,\nLost,Nowhere\nSelf,self\n"
    tried = dry(cast.owner, text, TREE)
    assert statuses(tried) == ["created", "created", "created", "refused", "created"]
    run = real(cast.owner, text, TREE)
    assert statuses(run) == statuses(tried)
    titles = {o.record: row for row, o in outcomes(run).items()}
    parents = {}
    for row, outcome in outcomes(run).items():
        if outcome.record:
            found = get(outcome.record, access=Access.of(cast.owner)).value("parent")
            parents[row] = titles[found[0]] if found else None
    assert parents == {2: 3, 3: 4, 4: None, 6: 6}
    assert set(statuses(real(cast.owner, text, TREE))) == {"unchanged", "refused"}


def test_a_link_to_a_row_that_is_refused_is_left_out_and_told(cast: Cast) -> None:
    small.publish(group())
    raw = {**TREE, "columns": [*TREE["columns"], {"column": "n", "field": "headcount"}]}
    text = "name,of,n\nLeaf,Root,1\nRoot,,many\n"
    tried = dry(cast.owner, text, raw)
    assert (statuses(tried), codes(tried)) == (
        ["created", "refused"],
        {2: ["no_match"], 3: ["not_a_number"]},
    )
    run = real(cast.owner, text, raw)
    assert (statuses(run), codes(run)) == (statuses(tried), codes(tried))


def test_two_rows_of_one_name_cannot_be_linked_to(cast: Cast) -> None:
    small.publish(group())
    raw = {**TREE, "match": {"on": [], "mode": "create"}}
    assert codes(dry(cast.owner, "name,of\nTwin,\nTwin,\nLeaf,Twin\n", raw)) == {4: ["ambiguous"]}
