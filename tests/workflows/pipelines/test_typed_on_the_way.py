"""What is filled in on the way to another stage is kept; what changed meanwhile stays, and is told."""

import pytest

from records import services
from records.access import Access
from records.gate import Change
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.workflows.pipelines.world import publish
from workflows.pipelines.parts import move_url

pytestmark = pytest.mark.django_db
TOKEN = "4f0c7f7e-0000-4000-8000-00000000eeee"


@kept
def deal(cast: Cast) -> int:
    publish()
    return create("deal", cast.owner, name="Roof")


def begin(cast: Cast, deal: int) -> None:
    given = {"f-amount_amount": "731", "f-amount_currency": "EUR", "base_version": "1"}
    kept_at = url("typed", address=move_url(deal, "offer"), token=TOKEN)
    assert browser(cast.owner).post(kept_at, given).status_code == 204


def test_it_is_offered_in_the_dialog_and_gone_once_it_moved(cast: Cast, deal: int) -> None:
    begin(cast, deal)
    client, address = browser(cast.owner), move_url(deal, "offer")
    assert "Amount" in text_of(client.get(url("typed", address=address, part="1")))
    assert 'value="731"' in text_of(client.get(f"{address}&draft={TOKEN}", **PART))
    given = {"stage": "offer", "f-amount_amount": "731", "f-amount_currency": "EUR"}
    assert client.post(address, {**given, "typed": TOKEN}, **PART).status_code == 204
    assert TOKEN not in text_of(client.get(url("typed", address=address, part="1")))


def test_what_somebody_else_filled_in_meanwhile_stays_and_is_told(cast: Cast, deal: int) -> None:
    begin(cast, deal)
    change = Change("change", id=deal, values={"amount": "555 EUR"})
    assert services.execute_one(change, access=Access.system(), channel="screen").ok
    page = browser(cast.owner).get(f"{move_url(deal, 'offer')}&draft={TOKEN}", **PART)
    said = text_of(page)
    assert "Somebody else changed this meanwhile" in said and "you had typed" in said
    assert 'value="731"' not in said and "731" in said
