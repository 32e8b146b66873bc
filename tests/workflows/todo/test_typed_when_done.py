"""What is typed into the box that asks what came of a task is kept, with the next step."""

import pytest
from django.urls import reverse

from records.models import Record, TypedDraft
from tests.cast import Cast
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.workflows.todo.world import publish, task

pytestmark = pytest.mark.django_db
TOKEN = "4f0c7f7e-0000-4000-8000-00000000dddd"


@kept
def tasks(cast: Cast) -> None:
    publish()


@kept
def call(cast: Cast, tasks: None) -> int:
    return task(cast.owner, -1, kind="call", subject="Call Firm")


def test_it_is_kept_offered_and_gone_once_it_is_done(cast: Cast, call: int) -> None:
    client, address = browser(cast.owner), reverse("todo:done", args=[call])
    typed = {
        "f-outcome": "reached",
        "next_subject": "Send the offer zqx",
        "next_type": "task",
        "base_version": "1",
    }
    kept_at = url("typed", address=f"{address}?from=home", token=TOKEN)
    assert client.post(kept_at, typed).status_code == 204
    draft = TypedDraft.objects.get()
    assert set(draft.keys) >= {"f-outcome", "next_subject"} and draft.record_id == call
    assert not Record.unscoped.get(pk=call).data.get("done")
    said = text_of(client.get(url("typed", address=address, part="1")))
    assert "Next step" in said and "from=home" in said and "data-part" in said
    page = text_of(client.get(f"{address}?from=home&draft={TOKEN}", **PART))
    assert "Send the offer zqx" in page
    done = client.post(address, {**typed, "typed": TOKEN}, **PART)
    assert done.status_code == 204 and Record.unscoped.get(pk=call).data["done"]
    assert not TypedDraft.objects.filter(ended_at=None).exists()


def test_who_may_not_be_done_with_it_keeps_nothing(cast: Cast, call: int) -> None:
    address = url("typed", address=reverse("todo:done", args=[call]), token=TOKEN)
    assert browser(cast.stranger).post(address, {"next_subject": "X"}).status_code == 404
    assert not TypedDraft.objects.exists()
