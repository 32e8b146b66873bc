"""Files that records point at: there, of records, and the giver's own."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from crm_config.models import User
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.uploads import private_collection
from tests import company as small
from tests.cast import Cast, create
from tests.company import field
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@kept
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


@kept
def strict(cast: Cast) -> Cast:
    """A field that takes anything, and stricter ones beside it."""
    base = small.organisation()
    strict = {"types": ["pdf"], "max_size": 1}
    fields = (
        field("anything", "file"),
        field("contract", "file", options=strict),
        field("photo", "image"),
        field("logo", "image", options={"types": ["webp"]}),
    )
    small.publish({**base, "fields": [*base["fields"], *fields]})
    return cast


def of_size(user: User, name: str, size: int = 1) -> int:
    item = get_document_model()(
        title=name,
        file=ContentFile(b"x" * size, name=name),
        collection=private_collection(),
        uploaded_by_user=user,
    )
    item.save()
    return int(item.pk)


def put(pk: int, user: User, **values: int | None) -> list[tuple[str, str | None]]:
    change = Change("change", id=pk, values=values)
    outcome = services.execute_one(change, access=Access.of(user), channel="api")
    return [(r.code, r.field) for r in outcome.refusals]


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


def test_a_field_takes_its_own_kinds_and_sizes_however_the_file_came(strict: Cast) -> None:
    pk = create("organisation", strict.owner, name="A")
    program, large = (
        of_size(strict.owner, "virus.exe"),
        of_size(strict.owner, "large.pdf", 2**20 + 1),
    )
    assert put(pk, strict.owner, anything=program) == []
    assert put(pk, strict.owner, contract=program) == [("file_type", "contract")]
    assert put(pk, strict.owner, contract=large) == [("too_large", "contract")]
    assert put(pk, strict.owner, contract=of_size(strict.owner, "ok.pdf", 2**20)) == []
    change = Change("create", type="organisation", values={"name": "B", "contract": program})
    made = services.execute_one(change, access=Access.system(), channel="import")
    assert [(r.code, r.field) for r in made.refusals] == [("file_type", "contract")]


def test_images_are_held_to_theirs(strict: Cast) -> None:
    pk = create("organisation", strict.owner, name="A")
    photo = get_image_model().objects.create(
        title="Photo",
        file=get_test_image_file(filename="photo.png"),
        collection=private_collection(),
        uploaded_by_user=strict.owner,
    )
    assert put(pk, strict.owner, photo=photo.pk) == []
    assert put(pk, strict.owner, logo=photo.pk) == [("file_type", "logo")]


def test_what_stood_before_a_field_became_stricter_stands(strict: Cast) -> None:
    pk = create("organisation", strict.owner, name="A")
    program = of_size(strict.owner, "virus.exe")
    assert put(pk, strict.owner, anything=program) == []
    base = small.organisation()
    tight = field("anything", "file", options={"types": ["pdf"]})
    small.publish({**base, "fields": [*base["fields"], tight]})
    change = Change("change", id=pk, values={"anything": program, "name": "B"})
    assert services.execute_one(change, access=Access.of(strict.owner), channel="api").written
    assert put(pk, strict.owner, anything=None) == []
    assert put(pk, strict.owner, anything=program) == [("file_type", "anything")]
