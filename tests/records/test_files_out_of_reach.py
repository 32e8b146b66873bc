"""Wagtail's own screens do not reach the files of records, whatever somebody may do with other files."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permissions import policy_registry

from crm_config.models import User
from records.uploads import COLLECTION, private_collection
from tests.cast import Cast, person

pytestmark = pytest.mark.django_db

#: Uploads that somebody has not finished yet are theirs alone, by Wagtail.
ONE_ITEM = re.compile(r"<\w+:(pk|document_id|doc_id|image_id)>")
AJAX = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
ACTIONS = ("add", "change", "delete", "choose")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def document(title: str, collection: Collection, by: User | None = None):
    return get_document_model().objects.create(
        title=title,
        file=ContentFile(b"x", name="x.pdf"),
        collection=collection,
        uploaded_by_user=by,
    )


def image(title: str, collection: Collection, by: User | None = None):
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(), collection=collection, uploaded_by_user=by
    )


@pytest.fixture(params=["moderator", "superuser"])
def keeper(request: pytest.FixtureRequest, cast: Cast) -> User:
    """Somebody who may do everything with the files of pages."""
    if request.param == "superuser":
        return User.objects.create_superuser("root")
    user = person("moderator")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


@pytest.fixture
def browser(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def test_policies_agree_that_nobody_does_anything_with_them(keeper: User) -> None:
    private, pages = private_collection(), Collection.get_first_root_node()
    for make in (document, image):
        mine, other = make("Secret", private, keeper), make("Public", pages, keeper)
        policy = policy_registry.get_by_type(type(mine))
        for action in ACTIONS:
            assert not policy.user_has_permission_for_instance(keeper, action, mine)
            found = policy.instances_user_has_permission_for(keeper, action)
            assert mine not in found
            assert private not in policy.collections_user_has_permission_for(keeper, action)
            assert not policy.users_with_permission_for_instance(action, mine).exists()
        assert policy.user_has_permission_for_instance(keeper, "change", other)
        assert other in policy.instances_user_has_permission_for(keeper, "change")
        assert pages in policy.collections_user_has_permission_for(keeper, "add")


@pytest.mark.parametrize(
    "name",
    [
        "wagtaildocs:index",
        "wagtailimages:index",
        "wagtaildocs_chooser:choose",
        "wagtailimages_chooser:choose",
    ],
)
def test_lists_and_choosers_leave_them_out(browser: Client, name: str) -> None:
    make = document if "docs" in name else image
    make("Secret of a record", private_collection())
    make("Of a page", Collection.get_first_root_node())
    html = browser.get(reverse(name)).content.decode()
    assert "Of a page" in html
    assert "Secret" not in html
    assert COLLECTION not in html


def addresses(space: str, inside: URLResolver | None = None, at: str = "") -> Iterator[str]:
    """Of all that Wagtail does with one item, read from the URL map."""
    for entry in (inside or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(space, entry, entry.namespace or at)
        elif at == space and ONE_ITEM.search(str(entry.pattern)):
            yield f"{space}:{entry.name}"


def test_no_screen_does_anything_with_one_of_them(browser: Client) -> None:
    private, tried = private_collection(), 0
    for kind, make in (("wagtaildocs", document), ("wagtailimages", image)):
        pk = make("Secret", private).pk
        for space in (kind, f"{kind}_chooser"):
            for name in addresses(space):
                more = ("fill-10x10",) if name.endswith(":preview") else ()
                for send in (browser.get, browser.post):
                    answer = send(reverse(name, args=(pk, *more)), **AJAX)
                    tried += 1
                    assert answer.status_code in (302, 403, 404, 405), name
                    assert b"Secret" not in answer.content, name
    assert tried >= 28
    assert get_document_model().objects.filter(collection=private).count() == 1
    assert get_image_model().objects.filter(collection=private).count() == 1


@pytest.mark.parametrize("action", ["delete", "add_to_collection", "add_tags"])
def test_nor_with_many_of_them(browser: Client, action: str) -> None:
    root = Collection.get_first_root_node()
    for label, make in (("wagtaildocs/document", document), ("wagtailimages/image", image)):
        item = make("Secret", private_collection())
        where = reverse("wagtail_bulk_action", args=(*label.split("/"), action))
        posted = {"collection": root.pk, "tags": "taken"}
        browser.post(f"{where}?id={item.pk}&id=all", posted)
        item.refresh_from_db()
        assert item.collection.name == COLLECTION
        assert not item.tags.exists()


def test_nothing_is_put_among_them(browser: Client) -> None:
    private = private_collection()
    mine = document("Public", Collection.get_first_root_node())
    posted = {"title": "Public", "collection": private.pk}
    browser.post(reverse("wagtaildocs:edit", args=[mine.pk]), posted)
    mine.refresh_from_db()
    assert mine.collection != private


def test_the_interface_of_the_admin_leaves_them_out(browser: Client) -> None:
    for kind, make in (("documents", document), ("images", image)):
        item = make("Secret", private_collection())
        make("Of a page", Collection.get_first_root_node())
        listed = browser.get(reverse(f"wagtailadmin_api:{kind}:listing")).json()["items"]
        assert [each["title"] for each in listed] == ["Of a page"]
        one = browser.get(reverse(f"wagtailadmin_api:{kind}:detail", args=[item.pk]))
        assert one.status_code == 404


def test_no_address_of_a_document_serves_them(browser: Client) -> None:
    item = document("Secret", private_collection())
    address = reverse("wagtaildocs_serve", args=[item.pk, item.filename])
    assert browser.get(address).status_code in (302, 404)


def test_their_collection_is_not_opened_moved_or_deleted(browser: Client) -> None:
    private = private_collection()
    assert COLLECTION not in browser.get(reverse("wagtailadmin_collections:index")).content.decode()
    for name in ("edit", "delete", "set_privacy"):
        posted = {"name": "Taken", "restriction_type": "none"}
        address = reverse(f"wagtailadmin_collections:{name}", args=[private.pk])
        assert browser.post(address, posted).status_code in (302, 403, 404)
    private.refresh_from_db()
    assert private.name == COLLECTION
    assert private.view_restrictions.count() == 1


def test_a_collection_of_their_name_that_somebody_made_is_closed_when_it_is_used(
    cast: Cast,
) -> None:
    Collection.get_first_root_node().add_child(name=COLLECTION)
    private = private_collection()
    private_collection()
    kinds = list(private.view_restrictions.values_list("restriction_type", flat=True))
    assert kinds == [CollectionViewRestriction.GROUPS]
