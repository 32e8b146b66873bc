"""What is typed into a form is kept on the server while it is typed, for that person alone, until it is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm_config.models import User
from records import services, typed
from records.access import Access
from records.gate import Change
from records.models import Record, TypedDraft
from tests import company as small
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.records.test_record_forms import filled

pytestmark = pytest.mark.django_db
TOKEN = "4f0c7f7e-0000-4000-8000-00000000abcd"
NEW = url("new", "organisation")


@kept
def alpha(cast: Cast) -> int:
    return create(
        "organisation", name="Alpha", headcount=5, owner=cast.owner.pk, team=cast.north.pk
    )


def keep(
    who: User | Client, address: str, *, token: str = TOKEN, at: Any = "", **given: Any
) -> int:
    """Send what a browser would: all that stands in the form, with some of it changed."""
    client = who if isinstance(who, Client) else browser(who)
    asked = url("typed", address=address, token=token, at=at)
    form = client.get(address)
    sent = filled(client, address, **given) if form.context and "form" in form.context else given
    return client.post(asked, sent).status_code


def offered(user: User, address: str) -> str:
    return text_of(browser(user).get(url("typed", address=address)))


def went_on(user: User, address: str) -> Any:
    return browser(user).get(f"{address}?draft={TOKEN}").context


def test_what_was_begun_is_offered_and_gone_on_with(cast: Cast) -> None:
    assert keep(cast.owner, NEW, **{"f-name": "Begun here", "f-sector": "it"}) == 204
    assert not Record.unscoped.exists()
    said = offered(cast.owner, NEW)
    assert "You began this on" in said and "Name, Sector" in said and TOKEN in said
    form = went_on(cast.owner, NEW)["form"]
    assert (form["name"].value(), form["sector"].value()) == ("Begun here", "it")


def test_only_what_was_typed_is_kept(cast: Cast, alpha: int) -> None:
    keep(cast.owner, url("edit", alpha), **{"f-headcount": "77"})
    draft = TypedDraft.objects.get()
    assert (draft.keys, draft.values) == (["f-headcount"], {"f-headcount": ["77"]})
    assert (draft.record_id, draft.base_version) == (alpha, 1)
    # Taken back again, there is nothing to go on with.
    keep(cast.owner, url("edit", alpha))
    assert not TypedDraft.objects.exists()


def test_all_parts_of_a_value_are_kept_and_an_unticked_box_too(cast: Cast) -> None:
    deal = create("deal", cast.owner, name="Refit", won=True)
    client, address = browser(cast.owner), url("edit", deal)
    sent = {**filled(client, address), "f-amount_amount": "1250", "f-amount_currency": "EUR"}
    del sent["f-won"]
    client.post(url("typed", address=address, token=TOKEN), sent)
    assert set(TypedDraft.objects.get().keys) == {"f-amount", "f-won"}
    form = went_on(cast.owner, url("edit", deal))["form"]
    assert form["won"].value() is False and "1250" in str(form["amount"])


def test_nobody_else_is_offered_it_or_can_open_it(cast: Cast, alpha: int) -> None:
    address = url("edit", alpha)
    keep(cast.owner, address, **{"f-notes": "between us zqx"})
    assert TOKEN not in offered(cast.administrator, address)
    form = went_on(cast.administrator, address)["form"]
    assert form["notes"].value() != "between us zqx"
    # Nor can it be ended or written by another.
    browser(cast.administrator).post(url("discard_typed"), {"token": TOKEN})
    assert TypedDraft.objects.get(user=cast.owner).ended_at is None


def test_where_the_form_is_not_open_nothing_is_kept(cast: Cast, alpha: int) -> None:
    assert keep(cast.stranger, url("edit", alpha), **{"f-name": "X"}) == 404
    assert keep(cast.owner, "/admin/", **{"f-name": "X"}) == 404
    assert keep(cast.owner, "https://elsewhere.example/" + NEW, **{"f-name": "X"}) == 404
    assert keep(cast.owner, NEW, token="../x", **{"f-name": "X"}) == 404
    assert keep(cast.outsider, NEW, **{"f-name": "X"}) in (302, 404)
    assert not TypedDraft.objects.exists()
    assert browser(cast.owner).get(url("typed", address="/admin/")).status_code == 204


def test_a_field_that_is_hidden_from_somebody_is_neither_kept_nor_shown(cast: Cast) -> None:
    keep(cast.owner, NEW, **{"f-name": "N", "f-margin": "918273"})
    assert TypedDraft.objects.get().keys == ["f-name"]


def test_rights_that_were_lost_show_nothing_of_it(cast: Cast) -> None:
    keep(cast.administrator, NEW, **{"f-name": "N", "f-margin": "918273"})
    company = small.small_company()
    company["roles"][0]["fields"] = [
        {"type": "organisation", "field": "margin", "access": "hidden"}
    ]
    small.publish(company=company)
    assert "Margin" not in offered(cast.administrator, NEW)
    page = browser(cast.administrator).get(f"{NEW}?draft={TOKEN}")
    assert "918273" not in text_of(page) and page.context["form"]["name"].value() == "N"
    company["roles"][0]["grants"] = []
    small.publish(company=company)
    assert TOKEN not in offered(cast.administrator, NEW)


def test_once_sent_it_is_gone_and_a_late_copy_brings_nothing_back(cast: Cast) -> None:
    keep(cast.owner, NEW, **{"f-name": "Sent"})
    client = browser(cast.owner)
    answer = client.post(NEW, filled(client, NEW, **{"f-name": "Sent", "typed": TOKEN}))
    assert answer.status_code == 302 and answer.cookies["typed"].value == f"{TOKEN}.off"
    assert TOKEN not in offered(cast.owner, NEW)
    assert keep(cast.owner, NEW, **{"f-name": "Sent"}) == 410
    assert TypedDraft.objects.get().values == {}


def test_what_is_refused_is_still_the_same_draft(cast: Cast) -> None:
    keep(cast.owner, NEW, **{"f-notes": "No name yet"})
    answer = browser(cast.owner).post(NEW, {"f-notes": "No name yet", "typed": TOKEN})
    assert answer.status_code == 200 and answer.cookies["typed"].value == f"{TOKEN}.on"
    assert TypedDraft.objects.get().ended_at is None


def test_what_is_discarded_is_gone_even_where_the_server_never_had_it(cast: Cast) -> None:
    browser(cast.owner).post(url("discard_typed"), {"token": TOKEN})
    assert keep(cast.owner, NEW, **{"f-name": "Late"}) == 410
    assert TOKEN not in offered(cast.owner, NEW)


def test_what_somebody_else_changed_meanwhile_is_shown_with_both(cast: Cast, alpha: int) -> None:
    address = url("edit", alpha)
    keep(cast.owner, address, **{"f-headcount": "77", "f-notes": "Mine"})
    change = Change("change", id=alpha, values={"headcount": 66})
    services.execute_one(change, access=Access.of(cast.administrator), channel="screen")
    assert "changed since" in offered(cast.owner, address)
    shown = went_on(cast.owner, address)
    [conflict] = shown["conflicts"]
    assert (conflict.field.key, conflict.theirs, conflict.mine) == ("headcount", "66", "77")
    assert conflict.by == "administrator"
    assert shown["form"]["notes"].value() == "Mine" and shown["base_version"] == 2


def test_what_is_typed_in_dialogs_is_kept_too(cast: Cast) -> None:
    quick = url("quick_create", "organisation")
    assert keep(cast.owner, quick, **{"f-name": "Quick one"}) == 204
    page = browser(cast.owner).get(f"{quick}?draft={TOKEN}", **PART)
    assert 'value="Quick one"' in text_of(page)
    client = browser(cast.owner)
    sent = client.post(
        quick, filled(client, quick, **{"f-name": "Quick one", "typed": TOKEN}), **PART
    )
    assert sent.status_code == 200 and TOKEN not in offered(cast.owner, quick)


def test_what_is_older_than_what_is_kept_changes_nothing(cast: Cast) -> None:
    now = int(timezone.now().timestamp() * 1000)
    keep(cast.owner, NEW, at=now, **{"f-name": "Later"})
    assert keep(cast.owner, NEW, at=now - 60_000, **{"f-name": "Earlier"}) == 204
    assert TypedDraft.objects.get().values["f-name"] == ["Later"]


def test_too_much_is_not_kept(cast: Cast) -> None:
    assert keep(cast.owner, NEW, **{"f-notes": "x" * (typed.LARGEST + 1)}) == 413
    assert not TypedDraft.objects.exists()


def test_each_person_has_so_many_and_the_oldest_give_way(cast: Cast) -> None:
    client = browser(cast.owner)
    for number in range(typed.MOST + 1):
        assert keep(client, NEW, token=f"token-{number:04}", **{"f-name": f"N{number}"}) == 204
    kept = TypedDraft.objects.filter(ended_at=None)
    assert kept.count() == typed.MOST and not kept.filter(token="token-0000").exists()


def test_after_thirty_days_it_is_forgotten(cast: Cast) -> None:
    keep(cast.owner, NEW, **{"f-name": "Old"})
    TypedDraft.objects.update(typed_at=timezone.now() - typed.KEPT_FOR - timedelta(hours=1))
    assert TOKEN not in offered(cast.owner, NEW)
    assert typed.forget_old() == 1 and not TypedDraft.objects.exists()


def test_whoever_looks_as_somebody_sees_nothing_of_theirs(cast: Cast) -> None:
    keep(cast.owner, NEW, **{"f-name": "Private zqx"})
    client = browser(cast.administrator)
    client.post(reverse("look_as:index"), {"who": f"user:{cast.owner.pk}"})
    assert client.get(url("typed", address=NEW)).status_code == 204
    assert "Private zqx" not in text_of(client.get(f"{NEW}?draft={TOKEN}"))
    assert client.get(url("typed_key")).status_code == 404


def test_the_key_is_each_persons_own(cast: Cast) -> None:
    mine, again, theirs = (
        browser(user).get(url("typed_key")).json()["key"]
        for user in (cast.owner, cast.owner, cast.stranger)
    )
    assert mine == again != theirs
    assert "no-store" in browser(cast.owner).get(url("typed_key"))["Cache-Control"]
    assert Client().get(url("typed_key")).status_code == 302


def test_keeping_asks_few_questions(cast: Cast, django_assert_max_num_queries) -> None:
    client = browser(cast.owner)
    keep(client, NEW, **{"f-name": "One"})
    sent = filled(client, NEW, **{"f-name": "Two"})
    with django_assert_max_num_queries(16):
        client.post(url("typed", address=NEW, token=TOKEN), sent)
    assert TypedDraft.objects.get().values["f-name"] == ["Two"]


def test_a_currency_that_nobody_chose_is_nothing_typed(cast: Cast) -> None:
    address = url("new", "deal")
    keep(cast.owner, address, **{"f-name": "Roof", "f-amount_currency": "EUR"})
    assert TypedDraft.objects.get().keys == ["f-name"]
    keep(
        cast.owner,
        address,
        **{"f-name": "Roof", "f-amount_amount": "5", "f-amount_currency": "EUR"},
    )
    assert TypedDraft.objects.get().keys == ["f-name", "f-amount"]
