"""Of the media folder only pictures are served, to those who may see them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("staff"))
    return client


@pytest.fixture
def image():
    return Image.objects.create(title="Logo", file=get_test_image_file())


def test_a_rendition_is_served_to_staff_only(staff, image, client):
    url = image.get_rendition("width-10").url
    assert staff.get(url).status_code == 200
    client.logout()
    assert client.get(url).status_code == 302


def test_a_rendition_of_a_restricted_collection_is_hidden(staff, image):
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.PASSWORD, password="x"
    )
    image.collection = private
    image.save()
    assert staff.get(image.get_rendition("width-10").url).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "documents/offer.pdf",
        "original_images/logo.png",
        "images/unknown.png",
        "exports/1.csv",
        "../secret_key",
    ],
)
@pytest.mark.parametrize("way", ["", "avatar_images/%2e%2e/", "avatar_images/../", "images/..%2f"])
def test_nothing_else_is_served(staff, path, way):
    if not path.startswith(".."):
        default_storage.save(path, ContentFile(b"x"))
        default_storage.save("avatar_images/x.png", ContentFile(b"x"))
    assert staff.get(f"/media/{way}{path}").status_code == 404


def test_avatars_are_served(staff):
    name = default_storage.save("avatar_images/x.png", ContentFile(b"x"))
    assert staff.get(f"/media/{name}").status_code == 200
