"""One closes the follow-up while another finishes its task: it is closed once, and neither waits for ever."""

from __future__ import annotations

import pytest

from records.access import Access
from records.errors import Forbidden
from surveys.following import services
from surveys.models import FollowUp
from tests.cast import Cast
from tests.records.test_concurrency import at_once
from tests.surveys.following.working import again, asked, whats, work_of, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_round", range(3))
def test_it_is_closed_once(cast: Cast, _round: int) -> None:
    row = asked(cast)
    stale = FollowUp.objects.get()

    def close() -> str:
        try:
            services.close(stale, "All is well", access=Access.of(cast.manager))
        except Forbidden as refused:
            return refused.message
        return "closed"

    def finish() -> str:
        return "finished" if write(cast.owner, row, done=True).ok else "refused"

    told, done = at_once(close, finish)
    assert done == "finished" and work_of(row).data["done"] is True
    assert again(row).status == "closed"
    if told == "closed":
        assert (row.outcome, whats(row)) == ("All is well", ["made", "closed"])
    else:
        assert "faster" in told
        assert (row.outcome, whats(row)) == ("", ["made", "finished"])
