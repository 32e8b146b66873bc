"""A request that names a key has its effect once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from records import answers
from records.models import IdempotencyKey, Record
from tests.api.conftest import Answer, Program, program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db
BODY = {"fields": {"name": "A"}}


def post(program: Program, key: str, body: object = BODY) -> Answer:
    return program.post("records/organisation", body, Idempotency_Key=key)


def test_the_first_answer_comes_back(cast: Cast) -> None:
    program = program_of(cast.owner)
    first, second = post(program, "k-1"), post(program, "k-1")
    assert first.status == second.status == 201 and first.body == second.body
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    for header in ("Location", "ETag", "Content-Type"):
        assert first.headers[header] == second.headers[header]
    assert Record.unscoped.count() == 1
    assert post(program, "k-2").body["id"] != first.body["id"]


def test_a_key_stands_for_one_request(cast: Cast) -> None:
    program = program_of(cast.owner)
    post(program, "k")
    other = post(program, "k", {"fields": {"name": "B"}})
    assert (other.status, other.code) == (409, "key_reused")
    elsewhere = program.post("records/organisation/batch", BODY, Idempotency_Key="k")
    assert elsewhere.status in (409, 422)
    assert Record.unscoped.count() == 1


def test_a_refused_request_leaves_no_key(cast: Cast) -> None:
    program = program_of(cast.owner)
    assert post(program, "k", {"fields": {}}).status == 422
    assert not IdempotencyKey.objects.exists()
    assert post(program, "k").status == 201


def test_callers_do_not_share_keys(cast: Cast) -> None:
    first, second = post(program_of(cast.owner), "k"), post(program_of(cast.owner), "k")
    assert first.body["id"] != second.body["id"]


def test_answers_are_forgotten_after_a_day(cast: Cast) -> None:
    program = program_of(cast.owner)
    first = post(program, "k")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert post(program, "k").body["id"] != first.body["id"]
    assert answers.forget_old() == 0
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert answers.forget_old() == 1


@pytest.mark.parametrize("key", ["", " ", "ă", "x" * 201])
def test_a_key_is_a_plain_word(cast: Cast, key: str) -> None:
    assert post(program_of(cast.owner), key).status == 422


def test_batches_and_archiving_take_keys_too(cast: Cast) -> None:
    program = program_of(cast.owner)
    batch = {"changes": [{"action": "create", "fields": {"name": "B"}}]}
    said = [program.post("records/organisation/batch", batch, Idempotency_Key="b") for _ in "ab"]
    assert said[0].body == said[1].body and Record.unscoped.count() == 1
    pk = create("organisation", cast.owner, name="A")
    path = f"records/organisation/{pk}"
    program.post(f"{path}/archive", Idempotency_Key="c")
    program.post(f"{path}/restore")
    program.post(f"{path}/archive", Idempotency_Key="c")
    assert program.get(path).body["archived"] is False


@pytest.mark.django_db(transaction=True)
def test_at_the_same_time_one_of_them_waits(cast: Cast) -> None:
    program = program_of(cast.owner)
    said: list[Answer] = []

    def send() -> None:
        said.append(post(program, "k"))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [a.status for a in said] == [201] * 4
    assert len({a.body["id"] for a in said}) == 1 and Record.unscoped.count() == 1
