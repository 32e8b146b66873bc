"""Explaining: to oneself what is one's own, to administrators everything; no value that the reader may not see."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crm_config import payload, publication
from records.access import Access
from records.explain import Part, explain
from records.models import Record
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db

SECRET = {
    "all": [
        {"field": "margin", "op": "gte", "value": 4711},
        {"field": "sector", "op": "eq", "value": "it"},
    ]
}


@kept
def alpha(cast: Cast) -> int:
    """The owner sees it; sales may change organisations where a condition holds that names a hidden field."""
    candidate = payload.dump()
    sales = next(raw for raw in candidate["roles"] if raw["key"] == "sales")
    for grant in sales["grants"]:
        if (grant["type"], grant["action"]) == ("organisation", "change"):
            grant.update(scope="condition", condition=SECRET)
    payload.load(candidate, replace=True)
    publication.publish(user=None)
    return create(
        "organisation", name="Alpha", margin=918273, owner=cast.owner.pk, team=cast.north.pk
    )


def words_of(part: Part) -> str:
    return " | ".join([part.words, part.saw, *map(words_of, part.parts)])


def told(user: Any, viewer: Access, action: str, pk: int) -> str:
    found = explain(Access.of(user), action, Record.unscoped.get(pk=pk), viewer=viewer)
    return " | ".join([found.words, *map(words_of, found.parts)])


def test_one_is_told_what_decided_and_what_it_would_take(cast: Cast, alpha: int) -> None:
    found = explain(
        Access.of(cast.stranger), "view", Record.unscoped.get(pk=alpha), viewer=Access.system()
    )
    assert not found.verdict
    text = words_of(found.parts[0])
    assert "Role Sales" in text and "The owner is Owner" in text
    kinds = [remedy.kind for remedy in found.remedies]
    assert kinds[:2] == ["share", "scope"]
    assert dict(found.remedies[1].grants) == {"view": "all"}


def test_no_operand_and_no_hidden_value_is_told_to_others(cast: Cast, alpha: int) -> None:
    text = told(cast.owner, Access.of(cast.owner), "change", alpha)
    assert "Something that you may not see" in text and "Sector" in text
    for secret in ("918,273", "918273", "4,711", "Margin"):
        assert secret not in text
    whole = told(cast.owner, Access.of(cast.administrator), "change", alpha)
    assert "918,273" in whole and "4,711" in whole


def test_the_screen_is_for_oneself_and_for_administrators_about_anybody(
    cast: Cast, alpha: int
) -> None:
    page = text_of(browser(cast.owner).get(url("explain", alpha, action="change")))
    assert "Owner may not do this: change Alpha" in page and "It would take" in page
    assert "918,273" not in page and 'name="user"' not in page
    other = browser(cast.owner).get(url("explain", alpha, user=cast.stranger.pk))
    assert other.status_code == 404
    assert browser(cast.stranger).get(url("explain", alpha)).status_code == 404
    admin = browser(cast.administrator)
    page = text_of(admin.get(url("explain", alpha, user=cast.stranger.pk, action="view")))
    assert "Stranger may not do this: view Alpha" in page
    assert "/admin/studio/roles/sales/#tab-access" in page and url("shares", alpha) in page
    assert admin.get(url("explain", alpha, action="fly")).status_code == 404
    page = text_of(admin.get(url("explain_type", "organisation", user=cast.outsider.pk)))
    assert "Has no role" in page and "Having the role" in page


def test_who_may_not_change_it_is_led_to_why(cast: Cast, alpha: int) -> None:
    page = text_of(browser(cast.owner).get(url("record", alpha)))
    assert "Why can’t I change it?" in page and url("explain", alpha) in page


def test_the_command_tells_it_as_text_and_json(cast: Cast, alpha: int, capsys: Any) -> None:
    call_command("explain", "stranger", "view", f"organisation/{alpha}", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] is False and found["record"] == alpha
    assert found["remedies"][0]["kind"] == "share"
    call_command("explain", "owner", "view", f"organisation/{alpha & 0xFFFFFF}")
    assert capsys.readouterr().out.startswith("yes Owner may do this")
    call_command("explain", "outsider", "view", "organisation")
    assert "Has no role" in capsys.readouterr().out
    for wrong in (("nobody", "organisation"), ("owner", "nothing"), ("owner", "organisation/x")):
        with pytest.raises(CommandError):
            call_command("explain", wrong[0], "view", wrong[1])


def test_the_api_explains(cast: Cast, alpha: int) -> None:
    own = program_of(cast.owner)
    answer = own.get(f"records/organisation/{alpha}/explain", action="change")
    assert answer.status == 200 and answer.body["verdict"] is False
    assert "918,273" not in json.dumps(answer.body)
    assert own.get(f"records/organisation/{alpha}/explain", user="stranger").status == 404
    admin = program_of(cast.administrator)
    answer = admin.get(f"records/organisation/{alpha}/explain", user="stranger", action="view")
    assert answer.body["verdict"] is False and answer.body["user"] == "Stranger"
    assert program_of(cast.stranger).get(f"records/organisation/{alpha}/explain").status == 404
