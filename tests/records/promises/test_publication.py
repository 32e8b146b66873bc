"""Promises at publication: what they say of themselves, what they refuse, and how they travel."""

import json
from typing import Any

import pytest
from django.core.management import call_command

from crm_config import packs, payload, publication
from crm_config.errors import NothingToPublish
from crm_config.live import live
from crm_config.models import Promise, PromiseCheck
from crm_config.problems import ConfigurationInvalid
from crm_config.sections.promises import live_promises
from jobs.services import run_pending
from records.models import Record
from tests.cast import Cast, create
from tests.crm_config.studio import sentences
from tests.records.promises.promising import (
    IT,
    MINE,
    problems,
    promise,
    regrant,
    written,
)

pytestmark = pytest.mark.django_db

HIDDEN = promise("no_field", role="sales", right="read", type="organisation", field="margin")
GUARDED = promise(
    "only",
    "guarded",
    roles=["administrator", "manager"],
    action="change",
    type="organisation",
    condition=IT,
)


def test_a_promise_that_holds_is_published(cast: Cast) -> None:
    written(HIDDEN)
    publication.publish(user=None)
    assert [p.key for p in live_promises(live().sections)] == ["a_promise"]


def test_a_draft_that_breaks_it_is_refused_with_the_counter_example(cast: Cast) -> None:
    written(HIDDEN)
    publication.publish(user=None)
    candidate = payload.dump()
    next(r for r in candidate["roles"] if r["key"] == "sales")["fields"] = []
    payload.load(candidate, replace=True)
    with pytest.raises(ConfigurationInvalid) as refused:
        publication.publish(user=None)
    assert [p.path for p in refused.value.problems] == [("promises", "a_promise")]
    said = str(refused.value)
    assert "No one in “Sales” may read the field “Margin” of “Organisations”." in said
    assert "The role “Sales” by itself may read the field “Margin”" in said
    assert publication.latest().version == 2


def test_the_counter_example_names_person_record_and_grant_but_no_title(cast: Cast) -> None:
    pk = create("organisation", name="Secret Bits", sector="it", team=cast.north.pk)
    serial = Record.unscoped.get(pk=pk).serial
    said = problems(GUARDED)[0]
    assert "where sector is “It”" in said
    assert f"may change Organisation {serial}." in said and "Teammate" in said
    assert "It is granted to “Support”: Records of their teams." in said
    assert "Secret" not in said


def test_a_wider_grant_is_found_before_it_is_given(cast: Cast) -> None:
    create("organisation", name="Bits", sector="it", owner=cast.manager.pk)
    allowed = promise("no_access", role="sales", action="view", type="organisation", condition=IT)
    assert problems(allowed) == []
    regrant("sales", view="all")
    assert len(problems(allowed)) == 1


def test_going_back_to_a_version_holds_its_promises(cast: Cast) -> None:
    written(GUARDED)
    publication.publish(user=None)
    written()
    publication.publish(user=None)
    create("organisation", name="Bits", sector="it", team=cast.north.pk)
    with pytest.raises(ConfigurationInvalid):
        publication.rollback(2, user=None)
    assert publication.latest().version == 3


def test_an_archived_promise_is_not_held(cast: Cast) -> None:
    create("organisation", name="Bits", sector="it", team=cast.north.pk)
    assert problems({**GUARDED, "retired": True}) == []
    gone = {**GUARDED["arguments"], "roles": ["nobody"], "type": "nothing"}
    assert problems({**GUARDED, "arguments": gone, "retired": True}) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"role": "nobody"}, "There is no role “nobody”."),
        ({"type": "nothing"}, "There is no record type “nothing”."),
        ({"action": None}, "“action” is missing."),
        ({"field": "name"}, "“field” is not for this kind of promise."),
        ({"condition": {"field": "gone", "op": "is_set"}}, "The condition cannot be read: "),
        ({"condition": {"all": []}}, "holds always or never"),
        ({"action": "create", "condition": IT}, "creating takes none"),
    ],
)
def test_what_is_wrong_with_a_promise_is_told(
    cast: Cast, change: dict[str, Any], says: str
) -> None:
    arguments = {"role": "sales", "action": "view", "type": "organisation", **change}
    raw = promise("no_access", **{k: v for k, v in arguments.items() if v is not None})
    said = problems(raw)
    assert says in said[0]


def test_reach_is_not_about_me(cast: Cast) -> None:
    about = {"role": "sales", "who": "some", "action": "view", "type": "organisation"}
    assert "cannot be read" in problems(promise("reach", **about, condition=MINE))[0]


def test_a_field_that_a_promise_names_cannot_be_taken_away(cast: Cast) -> None:
    written(HIDDEN)
    candidate = payload.dump()
    for raw in candidate["record_types"]:
        raw["fields"] = [f for f in raw["fields"] if f["key"] != "margin"]
    for raw in candidate["roles"]:
        raw["fields"] = []
    payload.load(candidate, replace=True)
    told = [str(p) for p in publication.check(payload.dump())]
    assert any("margin" in line for line in told)


def test_changes_are_told_in_words(cast: Cast) -> None:
    written(HIDDEN)
    assert sentences() == [
        "A promise: The promise is added: No one in Sales may read the field Margin of Organisation."
    ]
    publication.publish(user=None)
    Promise.objects.update(arguments={**HIDDEN["arguments"], "role": "support"})
    assert sentences() == [
        "A promise: The promise becomes: No one in Support may read the field Margin of Organisation."
    ]
    Promise.objects.update(arguments=HIDDEN["arguments"], retired=True)
    assert sentences() == ["A promise: The promise is archived: it is not held any more."]
    publication.discard()
    assert sentences() == []
    written()
    assert "taken back" in sentences()[0]


def test_without_promises_the_payload_is_what_it_was(cast: Cast) -> None:
    assert "promises" not in payload.dump()
    with pytest.raises(NothingToPublish):
        publication.publish(user=None)


def test_they_travel_in_packs(cast: Cast) -> None:
    pack = packs.parse(
        json.dumps({"format": 1, "pack": {"key": "p"}, "promises": [HIDDEN]}).encode()
    )
    packs.install(pack)
    assert payload.dump()["promises"] == [HIDDEN]
    assert packs.install(pack) == []


def test_one_that_does_not_hold_here_is_loaded_but_not_published(cast: Cast) -> None:
    broken = promise("no_field", role="support", right="read", type="organisation", field="margin")
    content = {"format": 1, "pack": {"key": "p"}, "promises": [broken]}
    packs.install(packs.parse(json.dumps(content).encode()))
    assert payload.dump()["promises"] == [broken]
    with pytest.raises(ConfigurationInvalid):
        publication.publish(user=None)


# -- afterwards -----------------------------------------------------------------------------------


def test_each_publication_is_looked_at_and_each_night(cast: Cast) -> None:
    written(GUARDED)
    publication.publish(user=None)
    run_pending()
    assert list(PromiseCheck.objects.values_list("key", "kept", "draft")) == [
        ("guarded", True, False)
    ]
    pk = create("organisation", name="Bits", sector="it", team=cast.north.pk)
    with pytest.raises(SystemExit):
        call_command("promises")
    row = PromiseCheck.objects.get()
    assert not row.kept and row.example["record"] == pk
    written()
    publication.publish(user=None)
    run_pending()
    assert not PromiseCheck.objects.exists()


def test_the_command_tells_programs(cast: Cast, capsys: Any) -> None:
    written(HIDDEN)
    publication.publish(user=None)
    call_command("promises", "--json")
    [line] = json.loads(capsys.readouterr().out)
    assert (line["key"], line["kept"], line["example"]) == ("a_promise", True, None)
    create("organisation", name="Bits", sector="it", team=cast.north.pk)
    written(GUARDED)
    with pytest.raises(SystemExit) as ended:
        call_command("promises", "--draft", "--json")
    [line] = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert line["details"]["user"] == cast.teammate.pk
