"""Files that records point at: there, of records, and the giver's own."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from crm_config.models import User
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.uploads import private_collection
from tests import company as small
from tests.cast import Cast, create
from tests.company import field

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(cast: Cast) -> Cast:
    base = small.organisation()
    small.publish({**base, "fields": [*base["fields"], field("contract", "file")]})
    return cast


def stored(user: User | None, collection: Collection | None = None) -> int:
    item = get_document_model()(
        title="contract.pdf",
        file=ContentFile(b"x", name="contract.pdf"),
        collection=collection or private_collection(),
        uploaded_by_user=user,
    )
    item.save()
    return int(item.pk)


def give(pk: int, file_id: int | None, user: User) -> Outcome:
    change = Change("change", id=pk, values={"contract": file_id})
    return services.execute_one(change, access=Access.of(user), channel="api")


def test_ones_own_upload_is_taken(papers: Cast) -> None:
    pk = create("organisation", papers.owner, name="A")
    assert give(pk, stored(papers.owner), papers.owner).written


def test_what_is_not_there_or_not_ones_own_is_refused_alike(papers: Cast) -> None:
    pk = create("organisation", papers.owner, name="A")
    pages = Collection.get_first_root_node()
    for file_id in (999_999, stored(papers.stranger), stored(papers.owner, pages)):
        outcome = give(pk, file_id, papers.owner)
        assert [(r.code, r.field) for r in outcome.refusals] == [("no_such_target", "contract")]


def test_a_file_that_the_field_held_can_be_put_back_by_others(papers: Cast) -> None:
    pk = create("organisation", name="A", owner=papers.owner.pk, team=papers.north.pk)
    file_id = stored(papers.owner)
    assert give(pk, file_id, papers.owner).written
    assert give(pk, None, papers.manager).written
    assert give(pk, file_id, papers.manager).written
    other = create("organisation", papers.manager, name="B")
    assert not give(other, file_id, papers.manager).ok


def test_what_stands_is_not_asked_about_again(papers: Cast) -> None:
    pk = create("organisation", name="A", owner=papers.owner.pk, team=papers.north.pk)
    file_id = stored(papers.owner)
    give(pk, file_id, papers.owner)
    change = Change("change", id=pk, values={"contract": file_id, "name": "B"})
    assert services.execute_one(change, access=Access.of(papers.manager), channel="api").written
