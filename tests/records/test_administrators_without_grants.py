"""Who administers the configuration does not for that reason see records or read their fields: numbers are told,
values and titles as far as their roles go."""

from typing import Any

import pytest
from django.urls import reverse

from crm_config import impacts, insights, payload
from crm_config.compiler import Draft
from crm_config.live import live, numbers
from crm_config.models import User
from jobs.services import run_pending
from tests import company as small
from tests.cast import Cast, create, join, person
from tests.company import field, option
from tests.crm_config.studio import client_of, url
from tests.kept import kept

pytestmark = pytest.mark.django_db

SECTORS = [option("it"), option("retail")]


def thing(*fields: dict[str, Any]) -> dict[str, Any]:
    shown = field("name", required=True)
    return small.record_type("thing", shown, *fields, title_template="{name}")


def company(*fields: dict[str, Any]) -> payload.Payload:
    """`plain` administers without a grant; `reader` also sees their own things, without `hidden`."""
    candidate = small.small_company()
    candidate["record_types"].append(thing(*fields))
    candidate["roles"] += [
        {"key": "plain", "labels": {"en": "Plain"}, "administers": True, "grants": []},
        small.role(
            "reader",
            "own",
            "thing",
            administers=True,
            fields=[{"type": "thing", "field": "hidden", "access": "hidden"}],
        ),
    ]
    return candidate


FIELDS = (
    field("x"),
    field("hidden"),
    field("sector", "choice", choices=SECTORS),
    field("of", "link", options={"targets": ["organisation", "thing"]}),
)


@kept
def plain(cast: Cast) -> User:
    small.publish(company=company(*FIELDS))
    return join(person("plain"), "plain")


@kept
def reader(plain: User) -> User:
    return join(person("reader"), "reader")


@kept
def things(reader: User) -> list[int]:
    secret = create("organisation", name="Secret partner")
    mine = {"owner": reader.pk, "sector": "it", "x": "mine", "hidden": "covered"}
    theirs = {"sector": "retail", "x": "theirs", "hidden": "covered", "of": [secret]}
    first = create("thing", name="My own", **mine)
    return [
        first,
        create("thing", name="Theirs", **theirs),
        create("thing", name="Theirs too", **{**theirs, "of": [first]}),
    ]


def facts(key: str, user: User | None) -> Any:
    found = insights.get().field_facts("thing", key, user=user)
    assert found is not None
    return found


def test_numbers_are_told_values_are_not(things: list[int], plain: User, reader: User) -> None:
    for user in (plain, None):
        assert (facts("x", user).filled, facts("x", user).top) == (3, ())
        assert facts("sector", user).top == ()
    assert insights.get().option_counts("thing", "sector") == {"it": 1, "retail": 2}
    assert facts("x", reader).filled == 3
    assert list(facts("x", reader).top) == [("mine", 1)]
    assert list(facts("sector", reader).top) == [("It", 1)]
    assert (facts("hidden", reader).filled, facts("hidden", reader).top) == (3, ())


def test_titles_of_links_are_those_that_are_seen(things: list[int], reader: User) -> None:
    root = User.objects.create_superuser("root")
    assert {title for title, _n in facts("of", root).top} == {"Secret partner", "My own"}
    assert list(facts("of", reader).top) == []
    create("thing", name="Mine too", owner=reader.pk, of=[things[0]])
    assert list(facts("of", reader).top) == [("My own", 1)]


def told_of(user: User | None, *fields: dict[str, Any]) -> list[tuple[str, list[str]]]:
    after = Draft(company(*fields), numbers()).snapshot
    found = impacts.get().of(live(), after, user=user)
    return [(i.path[-1], [f"{s.record}: {s.value}" for s in i.samples]) for i in found]


def test_examples_of_a_change_are_of_records_that_are_seen(
    things: list[int], plain: User, reader: User
) -> None:
    after = (field("x", "integer"), field("hidden", "integer"), *FIELDS[2:])
    assert told_of(plain, *after) == told_of(None, *after) == [("x", []), ("hidden", [])]
    assert told_of(reader, *after) == [("x", ["My own: mine"]), ("hidden", [])]
    to = Draft(company(*after), numbers()).snapshot.types["thing"].fields["x"]
    for user, samples in ((plain, []), (reader, ["mine"])):
        found = insights.get().retype_impact("thing", "x", to, user=user)
        assert found is not None and found.lost == 3
        assert [value for value, _why in found.samples] == samples


def test_every_kind_of_change_keeps_to_it(things: list[int], plain: User, reader: User) -> None:
    after = (
        field("x", required=True, unique=True, options={"max_length": 2}),
        FIELDS[1],
        field("sector", "choice", choices=SECTORS[:1]),
        field("of", "link", retired=True, options={"targets": ["organisation", "thing"]}),
    )
    assert {path for path, _samples in told_of(plain, *after)} >= {"x", "retail", "of"}
    assert all(samples == [] for _path, samples in told_of(plain, *after))
    shown = {sample for _path, samples in told_of(reader, *after) for sample in samples}
    assert shown and all(sample.startswith("My own") for sample in shown)


def test_the_screens_ask_for_whoever_looks(things: list[int], plain: User, reader: User) -> None:
    candidate = company(field("x", "integer"), *FIELDS[1:])
    payload.load(candidate, replace=True)
    for user, words in ((plain, ()), (reader, ("My own",))):
        html = client_of(user).get(url("review")).content.decode()
        assert "3 do not" in html
        assert [word for word in ("My own", "Theirs") if word in html] == list(words)
    side = client_of(reader).get(url("field", "thing", "sector")).content.decode()
    assert "Filled in" in side and "Most frequent" in side
    assert (
        "Most frequent"
        not in client_of(plain).get(url("field", "thing", "sector")).content.decode()
    )


def left_behind(name: str, key: str, user: User) -> str:
    address = reverse(f"records:{name}", kwargs={"type": "thing", "key": key})
    return client_of(user).get(address).content.decode()


def test_values_left_behind_are_shown_to_who_reads_them(
    things: list[int], plain: User, reader: User
) -> None:
    small.publish(company=company(field("x", "integer"), field("hidden", "integer"), *FIELDS[2:]))
    run_pending()
    for name in ("left_behind_field", "left_behind_file"):
        assert "theirs" not in left_behind(name, "x", plain)
        assert "mine" in left_behind(name, "x", reader)
        assert "theirs" not in left_behind(name, "x", reader).lower()
        assert "covered" not in left_behind(name, "hidden", reader)
    assert "you may not see them" in left_behind("left_behind_field", "x", plain)
    report = client_of(plain).get(reverse("records:left_behind")).content.decode()
    assert "Thing › X" in report and ">3<" in report
