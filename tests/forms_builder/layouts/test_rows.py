"""Rows of a form for staff: written with the record, in one batch through the gate, or not at all."""

from typing import Any

import pytest

from records import services
from records.access import Access
from records.gate import Change
from records.models import Event, Record, RecordLink
from tests.cast import Cast, create
from tests.forms_builder.layouts.staff import LINE, item, laid_out, staff
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


def lines(**more: Any) -> dict[str, Any]:
    options = {"type": "line", "link": "deal", "fields": ["text", "pieces", "secret"]}
    return item("lines", "rows", options={**options, "totals": ["pieces"], **more})


def rows(*given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"f-rows-lines-rows": len(given)}
    for n, row in enumerate(given):
        found |= {f"f-rows-lines-{n}-{key}": value for key, value in row.items()}
    return found


def of(deal: int) -> list[dict[str, Any]]:
    ids = RecordLink.objects.filter(target=deal, field="deal").values_list("source", flat=True)
    return [r.data for r in Record.unscoped.filter(pk__in=ids).order_by("pk")]


def test_a_record_and_its_rows_are_made_at_once(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    given = rows({"text": "Chair", "pieces": 4}, {}, {"text": "Table", "pieces": 1})
    answer = browser(cast.owner).post(url("new", "deal"), {"f-name": "D", **given})
    assert answer.status_code == 302
    deal = Record.unscoped.get(type="deal")
    assert of(deal.pk) == [{"text": "Chair", "pieces": 4}, {"text": "Table", "pieces": 1}]
    assert Event.objects.order_by().values("batch").distinct().count() == 1


def test_a_row_that_is_refused_leaves_all_undone(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    given = rows({"pieces": 4})
    answer = browser(cast.owner).post(url("new", "deal"), {"f-name": "Typed", **given})
    assert answer.status_code == 200 and not Record.unscoped.exists()
    assert "Row 1, Text" in text_of(answer)
    assert 'value="Typed"' in text_of(answer) and 'value="4"' in text_of(answer)


def test_what_only_the_gate_refuses_of_a_row_stands_there(cast: Cast) -> None:
    fields = [{**f, "unique": f["key"] == "text"} for f in LINE["fields"]]
    laid_out(staff(item("name"), lines()), line={**LINE, "fields": fields})
    create("line", text="Chair")
    answer = browser(cast.owner).post(
        url("new", "deal"), {"f-name": "D", **rows({"text": "Chair"})}
    )
    assert "in a row or in a linked record" in text_of(answer)
    assert Record.unscoped.filter(type="deal").count() == 0


def test_rows_are_changed_and_taken_away(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    deal = create("deal", cast.owner, name="D")
    one, two = (create("line", cast.owner, text=t, pieces=1, deal=deal) for t in ("a", "b"))
    client = browser(cast.owner)
    assert "a" in text_of(client.get(url("edit", deal)))
    start = "f-rows-lines-r"
    given = {
        "f-name": "D",
        f"{start}{one}-version": 1, f"{start}{one}-text": "changed", f"{start}{one}-pieces": 1,
        f"{start}{two}-version": 1, f"{start}{two}-text": "b", f"{start}{two}-gone": "on",
        **rows({"text": "new"}),
    }  # fmt: skip
    assert client.post(url("edit", deal), given).status_code == 302
    assert of(deal) == [{"text": "changed", "pieces": 1}, {"text": "new"}]
    assert Record.unscoped.get(pk=deal).version == 1


def test_a_row_that_somebody_added_meanwhile_is_left_alone(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    deal = create("deal", cast.owner, name="D")
    create("line", cast.owner, text="theirs", pieces=7, deal=deal)
    browser(cast.owner).post(url("edit", deal), {"f-name": "E", **rows()})
    assert of(deal) == [{"text": "theirs", "pieces": 7}]
    assert Record.unscoped.get(pk=deal).data["name"] == "E"


def test_two_who_change_the_same_cell_are_told(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    deal = create("deal", cast.owner, name="D")
    line = create("line", cast.owner, text="a", deal=deal)
    change = Change("change", id=line, values={"text": "theirs"})
    services.execute_or_raise([change], access=Access.system(), channel="api")
    start = f"f-rows-lines-r{line}"
    given = {"f-name": "E", f"{start}-version": 1, f"{start}-text": "mine", **rows()}
    answer = browser(cast.owner).post(url("edit", deal), given)
    assert answer.status_code == 200 and "mine" in text_of(answer)
    assert "It now says: theirs" in text_of(answer)
    assert of(deal) == [{"text": "theirs"}] and Record.unscoped.get(pk=deal).data["name"] == "D"
    again = {**given, f"{start}-version": answer.context["form"].rows[0].rows[0].version}
    assert browser(cast.owner).post(url("edit", deal), again).status_code == 302
    assert of(deal) == [{"text": "mine"}]


def test_a_column_that_one_may_not_see_is_not_there_and_is_kept(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    deal = create("deal", cast.owner, name="D")
    line = create("line", text="a", secret=918273, deal=deal, owner=cast.owner.pk)
    client = browser(cast.owner)
    shown = text_of(client.get(url("edit", deal)))
    assert "Secret" not in shown and "918273" not in shown
    start = f"f-rows-lines-r{line}"
    given = {"f-name": "D", f"{start}-version": 1, f"{start}-text": "b", f"{start}-secret": "1"}
    client.post(url("edit", deal), {**given, **rows()})
    assert of(deal) == [{"text": "b", "secret": 918273}]


def test_rows_that_one_does_not_see_are_not_shown(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    deal = create("deal", cast.owner, name="D")
    create("line", text="unseen text", deal=deal, owner=cast.stranger.pk)
    assert "unseen text" not in text_of(browser(cast.owner).get(url("edit", deal)))


def test_who_may_make_none_gets_none(cast: Cast) -> None:
    """Support may change deals of the team, and make nothing."""
    laid_out(staff(item("name"), lines(), settings={"used_for": ["edit"]}))
    deal = create("deal", name="D", owner=cast.owner.pk, team=cast.north.pk)
    client = browser(cast.teammate)
    assert "Add a row" not in text_of(client.get(url("edit", deal)))
    client.post(url("edit", deal), {"f-name": "E", **rows({"text": "forged"})})
    assert of(deal) == [] and Record.unscoped.get(pk=deal).data["name"] == "E"


def test_so_many_rows_as_the_form_asks_for(cast: Cast) -> None:
    laid_out(staff(item("name"), lines(least=2, most=3)))
    client = browser(cast.owner)
    few = client.post(url("new", "deal"), {"f-name": "D", **rows({"text": "a"})})
    assert "at least 2" in text_of(few)
    many = [{"text": str(n)} for n in range(4)]
    assert "At most 3" in text_of(client.post(url("new", "deal"), {"f-name": "D", **rows(*many)}))
    assert not Record.unscoped.exists()


def test_rows_that_are_hidden_are_not_made(cast: Cast) -> None:
    hidden = {**lines(), "shown_when": {"field": "won", "op": "is_true"}}
    laid_out(staff(item("name"), item("won"), hidden))
    browser(cast.owner).post(url("new", "deal"), {"f-name": "D", **rows({"text": "a"})})
    assert [r.type for r in Record.unscoped.all()] == ["deal"]


def test_the_total_is_told(cast: Cast) -> None:
    laid_out(staff(item("name"), lines()))
    deal = create("deal", cast.owner, name="D")
    for pieces in (40_000, 2_017):
        create("line", cast.owner, text="x", pieces=pieces, deal=deal)
    assert "42017" in text_of(browser(cast.owner).get(url("edit", deal)))
