"""Two people at one list at once: one of them adds the record, the other is told, and one move is kept."""

import pytest

from records.access import Access
from records.models import SegmentMember, SegmentMove
from records.segments.services import change_list
from tests.cast import create
from tests.crm_config.segments import IT, publish, segment
from tests.records.segments import segment_named
from tests.records.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def added(key: str, pk: int) -> str:
    return change_list(segment_named(key), [pk], "add", access=Access.system())[0].code


@pytest.mark.parametrize("_round", range(3))
@pytest.mark.parametrize("key", ["vip", "both"])
def test_of_two_that_add_one_record_one_does(key: str, _round: int) -> None:
    publish(segment("vip", kind="static"), segment("both", IT, kind="combined"))
    pk = create("organisation", name="A")
    codes = at_once(*[lambda: added(key, pk)] * 3)
    assert sorted(codes) == ["added", "already", "already"]
    assert SegmentMember.objects.count() == SegmentMove.objects.count() == 1
