"""Which form a person gets: the one that says more of where and for whom it is used."""

from typing import Any

import pytest
from django.test import Client

from crm_config.problems import ConfigurationInvalid
from tests.cast import Cast, create, join
from tests.forms_builder.layouts.staff import item, laid_out, staff
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


def keys(client: Client, address: str) -> list[str]:
    return list(client.get(address).context["form"].fields)


def test_the_form_that_was_laid_out_takes_the_place_of_the_generated_one(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won")))
    deal = create("deal", cast.owner, name="D")
    client = browser(cast.owner)
    assert keys(client, url("new", "deal")) == ["name", "won"]
    assert keys(client, url("edit", deal)) == ["name", "won"]


def test_without_one_the_generated_form_stays(cast: Cast) -> None:
    laid_out(staff(item("name"), settings={"used_for": ["edit"]}))
    assert "amount" in keys(browser(cast.owner), url("new", "deal"))


def test_one_that_is_used_nowhere_or_archived_takes_no_place(cast: Cast) -> None:
    laid_out(
        staff(item("name"), settings={"used_for": []}),
        staff(item("name"), key="old", retired=True),
    )
    assert "amount" in keys(browser(cast.owner), url("new", "deal"))


def test_the_one_for_a_role_goes_before_the_one_for_all(cast: Cast) -> None:
    laid_out(
        staff(item("name")),
        staff(item("name"), item("tags"), key="theirs", settings={"roles": ["sales"]}),
    )
    assert keys(browser(cast.owner), url("new", "deal")) == ["name", "tags"]
    assert keys(browser(cast.manager), url("new", "deal")) == ["name"]


def test_who_has_several_roles_gets_that_of_the_first_by_its_key(cast: Cast) -> None:
    laid_out(
        staff(item("name"), key="b", settings={"roles": ["manager"]}),
        staff(item("name"), item("won"), key="a", settings={"roles": ["sales"]}),
    )
    join(cast.owner, "manager")
    assert keys(browser(cast.owner), url("new", "deal")) == ["name"]


def test_quick_create_has_forms_of_its_own(cast: Cast) -> None:
    laid_out(staff(item("name"), item("close_date"), settings={"used_for": ["quick_create"]}))
    client = browser(cast.owner)
    assert keys(client, url("quick_create", "deal")) == ["name", "close_date"]
    assert "amount" in keys(client, url("new", "deal"))


REFUSED: list[tuple[list[dict[str, Any]], str]] = [
    ([staff(item("name")), staff(item("won"), key="other")], "meant for the same people"),
    (
        [
            staff(item("name"), settings={"roles": ["sales"]}),
            staff(item("won"), key="other", settings={"roles": ["sales", "manager"]}),
        ],
        "meant for the same people",
    ),
    ([staff(item("name"), settings={"roles": ["nobody"]})], "no role"),
    ([staff(item("name"), settings={"stages": ["won"]})], "no stage"),
    ([staff(item("name"), settings={"into": ["won"]})], "not used for moving"),
    ([staff(item("name"), item("again", options={"field": "name"}))], "more than once"),
    ([staff(item("name"), item("proof", "captcha"))], "public forms alone"),
    ([staff(item("name"), channel="public")], "forms for staff alone"),
]


@pytest.mark.parametrize(("forms", "message"), REFUSED)
def test_what_cannot_be_decided_is_not_published(
    cast: Cast, forms: list[dict[str, Any]], message: str
) -> None:
    with pytest.raises(ConfigurationInvalid, match=message):
        laid_out(*forms)


def test_forms_for_other_people_or_moments_stand_beside_each_other(cast: Cast) -> None:
    laid_out(
        staff(item("name"), key="a", settings={"roles": ["sales"]}),
        staff(item("name"), key="b", settings={"roles": ["manager"]}),
        staff(item("name"), key="c", settings={"used_for": ["quick_create"]}),
    )
    assert "Not saved" not in text_of(browser(cast.owner).get(url("new", "deal")))
