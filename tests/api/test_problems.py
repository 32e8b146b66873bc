"""Every error is a problem that says what to do and nothing of the inside."""

import json

import pytest
from django.test import Client

from records.api import routes
from records.api.problems import KINDS
from tests.api.conftest import Answer, Program, program_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def is_problem(answer: Answer, code: str) -> None:
    kind = KINDS[code]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.status, answer.body["status"], answer.code) == (kind.status, kind.status, code)
    assert answer.body["type"] == f"/api/v1/problems#{code}"
    assert answer.body["title"] and answer.body["detail"] and answer.body["instance"]


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/nothing", "/api/v1/types/", "/api/v1/me/x/y/"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_does_not_exist(cast: Cast, path: str, method: str) -> None:
    is_problem(program_of(cast.owner).send(method, path), "not_found")
    is_problem(Program().send(method, path), "not_found")


def test_a_method_that_does_not_exist(cast: Cast) -> None:
    answer = program_of(cast.owner).send("PUT", "records/organisation")
    is_problem(answer, "method")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_json(cast: Cast, kind: str) -> None:
    program = program_of(cast.owner)
    response = Client().post(
        "/api/v1/records/organisation",
        data="name=A",
        content_type=kind,
        headers={"Authorization": f"Bearer {program.secret}"},
    )
    body = json.loads(response.content)
    is_problem(Answer(response.status_code, body, response.headers), "not_json")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"fields": {"headcount": NaN}}',
        b'{"fields": {"headcount": -Infinity}}',
        b'{"fields": {"name": "\\ud800"}}',
        b'{"fields": {"\\udc00": 1}}',
        b'{"fields": ' + b"[" * 100_000,
        b'{"fields": {"headcount": ' + b"9" * 5000 + b"}}",
    ],
)
def test_a_body_that_cannot_be_read(cast: Cast, body: bytes) -> None:
    program = program_of(cast.owner)
    response = Client().post(
        "/api/v1/records/organisation",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.secret}"},
    )
    said = json.loads(response.content)
    is_problem(Answer(response.status_code, said, response.headers), "unreadable")


def test_a_body_that_is_too_large(cast: Cast, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    fields = {"name": "x" * 200}
    is_problem(program_of(cast.owner).post("records/organisation", {"fields": fields}), "too_large")


@pytest.mark.parametrize("body", [None, [], 7, {"fields": []}, {"fields": {}, "field": 1}, {}])
def test_a_body_of_another_shape(cast: Cast, body: object) -> None:
    answer = program_of(cast.owner).post("records/organisation", body)
    is_problem(answer, "invalid")
    assert answer.body["errors"][0]["place"].startswith("body")


def test_what_nobody_foresaw_tells_nothing(cast: Cast, monkeypatch, caplog) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr(routes.reading, "page", broken)
    answer = program_of(cast.owner).get("records/organisation")
    is_problem(answer, "internal")
    assert "hunter2" not in json.dumps(answer.body) and "Traceback" not in json.dumps(answer.body)
    assert "hunter2" in caplog.text


def test_messages_speak_the_callers_language(cast: Cast) -> None:
    answer = program_of(cast.owner).send("GET", "nothing", headers={"Accept-Language": "el"})
    assert answer.headers["Content-Language"] == "el"


def test_the_list_of_problems_is_open_and_complete(db: None) -> None:
    listed = Program().get("problems").body["problems"]
    assert {p["code"] for p in listed} == set(KINDS)
    assert all(p["title"] and 400 <= p["status"] <= 500 for p in listed)
