"""Each operation of the API, asked by each of the cast. The table names every operation, or this fails."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from crm_config import payload, publication
from crm_site.api import api
from records import tokens
from records.models import RecordShare
from tests.api.conftest import Program, program_of
from tests.cast import Cast, create
from tests.crm_config.segments import IT, publish, segment

pytestmark = pytest.mark.django_db

R = "records/organisation"
#: Operation -> method, path, body, and the status for: owner, teammate, stranger, outsider, anonymous,
#: expired, revoked, reading token, token of another type. The record belongs to owner and team North;
#: teammates view and change, and no more.
SEES = (200, 200, 404, 404, 401, 401, 401, 200, 404)
TYPED = (200, 200, 200, 404, 401, 401, 401, 200, 404)
EVERYONE = (200, 200, 200, 200, 401, 401, 401, 200, 200)
#: What there is none of; `tests/workflows` asks for those that there are.
NOWHERE = (404, 404, 404, 404, 401, 401, 401, 404, 404)
REMOVES = (200, 403, 404, 404, 401, 401, 401, 403, 404)
TABLE: dict[str, tuple[str, str, Any, tuple[int, ...]]] = {
    "list_types": ("GET", "types", None, EVERYONE),
    "get_type": ("GET", "types/organisation", None, TYPED),
    "get_schema": ("GET", "types/organisation/schema", None, TYPED),
    "list_records": ("GET", R, None, TYPED),
    "get_record": ("GET", R + "/{id}", None, SEES),
    "get_history": ("GET", R + "/{id}/history", None, SEES),
    "get_moves": ("GET", R + "/{id}/moves", None, SEES),
    "list_shares": ("GET", R + "/{id}/shares", None, (200, 403, 404, 404, 401, 401, 401, 403, 404)),
    "share_record": (
        "POST", R + "/{id}/shares", {"team": "south"},
        (201, 403, 404, 404, 401, 401, 401, 403, 404),
    ),
    "take_share_back": (
        "DELETE", R + "/{id}/shares/{share}", None,
        (204, 403, 404, 404, 401, 401, 401, 403, 404),
    ),
    "get_explanation_of_type": ("GET", R + "/explain", None, TYPED),
    "get_record_approvals": ("GET", R + "/{id}/approvals", None, SEES),
    "get_record_automations": ("GET", R + "/{id}/automations", None, SEES),
    "get_why": ("GET", R + "/{id}/automations/none", None, NOWHERE),
    "list_approvals": ("GET", "approvals", None, EVERYONE),
    "get_approval": ("GET", "approvals/1", None, NOWHERE),
    "decide_approval": ("POST", "approvals/1/decide", {"verdict": "yes"}, NOWHERE),
    "withdraw_approval": ("POST", "approvals/1/withdraw", None, NOWHERE),
    "ask_approval": (
        "POST", "approvals",
        {"type": "organisation", "id": "{id}", "fields": {"name": "B"}},
        (403, 403, 404, 404, 401, 401, 401, 403, 404),
    ),
    "get_checklist": ("GET", R + "/{id}/checklist", None, SEES),
    "put_tick": (
        "PUT", R + "/{id}/checklist/none", {"done": True},
        (404, 404, 404, 404, 401, 401, 401, 403, 404),
    ),
    "get_explanation": ("GET", R + "/{id}/explain", None, SEES),
    "create_record": (
        "POST", R, {"fields": {"name": "B"}}, (201, 403, 201, 404, 401, 401, 401, 403, 404),
    ),
    "change_record": (
        "PATCH", R + "/{id}", {"fields": {"name": "B"}},
        (200, 200, 404, 404, 401, 401, 401, 403, 404),
    ),
    "archive_record": ("POST", R + "/{id}/archive", None, REMOVES),
    "restore_record": ("POST", R + "/{id}/restore", None, REMOVES),
    "delete_record": (
        "DELETE", R + "/{id}", None, (204, 403, 404, 404, 401, 401, 401, 403, 404),
    ),
    "change_many": (
        "POST", R + "/batch", {"changes": [{"action": "create", "fields": {"name": "B"}}]},
        (200, 422, 200, 404, 401, 401, 401, 403, 404),
    ),
    "list_segments": ("GET", "segments", None, EVERYONE),
    "get_segment": ("GET", "segments/it", None, TYPED),
    "list_segment_entries": ("GET", "segments/vip/entries", None, TYPED),
    "change_segment_entries": (
        "POST", "segments/vip/entries", {"action": "add", "ids": [1]},
        (200, 200, 200, 404, 401, 401, 401, 403, 404),
    ),
    "search": ("GET", "search?q=aegean", None, EVERYONE),
    "get_me": ("GET", "me", None, EVERYONE),
    "list_problems": ("GET", "problems", None, (200,) * 9),
    "list_surveys": ("GET", "surveys", None, EVERYONE),
    # There is none; `tests/surveys` asks about those that are.
    "get_results": ("GET", "surveys/none/results", None, NOWHERE),
    # No token makes a form that is not there appear; tests/forms_builder asks about those that are.
    "get_form": ("GET", "forms/contact", None, (404,) * 9),
    "send_form": ("POST", "forms/contact", {"seal": "x", "values": {}}, (404,) * 9),
}  # fmt: skip
CALLERS = (
    "owner", "teammate", "stranger", "outsider",
    "anonymous", "expired", "revoked", "reader", "elsewhere",
)  # fmt: skip


def revoked(cast: Cast) -> Program:
    token, secret = tokens.issue(user=cast.owner, name="x", scopes=["write"])
    tokens.revoke(token)
    return Program(secret)


MAKERS: dict[str, Callable[[Cast], Program]] = {
    "anonymous": lambda cast: Program(),
    "expired": lambda cast: program_of(
        cast.owner, expires_at=timezone.now() - timedelta(minutes=1)
    ),
    "revoked": revoked,
    "reader": lambda cast: program_of(cast.owner, "read"),
    "elsewhere": lambda cast: program_of(cast.owner, "write:deal"),
}


def caller(name: str, cast: Cast) -> Program:
    made = MAKERS.get(name)
    return made(cast) if made else program_of(getattr(cast, name))


def test_the_table_is_complete() -> None:
    schema = api.get_openapi_schema(path_prefix="")
    operations = {o["operationId"] for path in schema["paths"].values() for o in path.values()}
    assert operations == set(TABLE)


def let_owners_share() -> None:
    candidate = payload.dump()
    sales = next(raw for raw in candidate["roles"] if raw["key"] == "sales")
    sales["grants"].append({"type": "organisation", "action": "share", "scope": "own"})
    payload.load(candidate, replace=True)
    publication.publish(user=None, reason="sharing")


@contextmanager
def undone() -> Iterator[None]:
    """Each caller finds things as they were."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("operation", TABLE)
def test_each_may_do_what_they_may(cast: Cast, operation: str) -> None:
    method, path, body, statuses = TABLE[operation]
    if "segment" in operation:
        publish(segment("it", IT), segment("vip", kind="static"))
    if "share" in operation:
        let_owners_share()
    pk = create("organisation", name="Aegean", owner=cast.owner.pk, team=cast.north.pk)
    share = RecordShare.objects.create(
        record_id=pk, user=cast.manager, level="view", given_at=timezone.now()
    )
    if body and "team" in body:
        body = {"team": cast.south.pk}
    headers = {"If-Match": '"1"'} if method == "PATCH" else {}
    found = {}
    for who in CALLERS:
        with undone():
            program = caller(who, cast)
            said = {**body, "id": pk} if body and body.get("id") == "{id}" else body
            answer = program.send(method, path.format(id=pk, share=share.pk), said, headers=headers)
        found[who] = answer.status
        if answer.status >= 400 or who in ("stranger", "outsider", "elsewhere"):
            assert "Aegean" not in json.dumps(answer.body)
        if answer.status >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert found == dict(zip(CALLERS, statuses, strict=True))
