"""Pictures of options: small, beside their labels, and of the house's pictures no other than those."""

import re
from io import BytesIO
from random import Random

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from crm_config import payload, publication
from crm_config.problems import ConfigurationInvalid
from crm_config.schema import check_shape
from records.uploads import private_collection
from surveys.answering.pictures import MOST
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    open_link,
    page,
    publish,
    question,
    rows,
    survey,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The cache knows renditions by the image's number, which comes again in each test."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def drawing(size=(640, 480), **how) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", **how)
    return out.getvalue()


def noise(size=(640, 480)) -> bytes:
    """What can be pressed least."""
    out, rng = BytesIO(), Random(1)
    Image.frombytes("RGB", size, rng.randbytes(size[0] * size[1] * 3)).save(out, "PNG")
    return out.getvalue()


def image(content: bytes | None = None, collection: Collection | None = None) -> int:
    return (
        get_image_model()
        .objects.create(
            title="Secret title",
            file=ContentFile(content or drawing(), name="x.jpg"),
            collection=collection or Collection.get_first_root_node(),
        )
        .pk
    )


def option(key: str, picture: int | None = None, **more) -> dict:
    found = {"key": key, "labels": {"en": key.capitalize()}, **more}
    return found if picture is None else {**found, "picture": picture}


def asked(*options: dict, kind: str = "single_choice", **more) -> dict:
    return question("which", kind, options={"options": list(options), **more})


def opened(*items: dict, token: str = "") -> Respondent:
    publish(survey("pulse", *items))
    who = Respondent(token or open_link().token)
    who.open()
    return who


def addresses(who: Respondent) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', who.page.content.decode())


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "ranking"])
def test_a_picture_stands_beside_its_label(kind):
    red = image()
    who = opened(asked(option("red", red), option("blue"), kind=kind))
    (address,) = addresses(who)
    assert 'width="320" height="240" alt="" loading="lazy"' in who.text
    assert "<span>Red</span>" in who.text and "<span>Blue</span>" in who.text
    answer = who.client.get(address)
    drawn = Image.open(BytesIO(b"".join(answer)))
    assert (drawn.format, drawn.size) == ("WEBP", (320, 240))
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["Content-Type"] == "image/webp" and not answer.cookies
    assert "Secret title" not in who.text


def test_what_it_shows_is_told_in_the_language_of_the_page():
    texts = {"en": "A red {record.title}", "el": "Κόκκινο"}
    who = opened(asked(option("red", image(), alt=texts), option("blue", image())))
    who.follow(f"{who.path}?lang=en")
    assert 'alt="A red "' in who.text and 'alt=""' in who.text
    who.follow(f"{who.path}?lang=el")
    assert 'alt="Κόκκινο"' in who.text


@pytest.mark.parametrize(
    ("kind", "sent", "expected"),
    [
        ("single_choice", {"which": "blue"}, [("which", "", "blue", None, "")]),
        (
            "multiple_choice",
            {"which": ["red", "blue"]},
            [("which", "", "blue", None, ""), ("which", "", "red", None, "")],
        ),
    ],
)
def test_it_is_answered_and_counted_as_any_other(kind, sent, expected):
    who = opened(asked(option("red", image()), option("blue"), kind=kind, other=True))
    who.send(**sent, seen="which which_other")
    assert sorted(rows()) == expected


def test_chosen_ones_stay_chosen():
    choice = asked(option("red", image()), option("blue", image()), kind="multiple_choice")
    who = opened(choice, question("why", required=True))
    who.send(which=["blue"])
    assert who.page.status_code == 422
    (checked,) = re.findall(r'value="(\w+)" checked', who.page.content.decode())
    assert checked == "blue" and len(addresses(who)) == 2


def test_only_pictures_that_the_survey_shows_are_told():
    red, private, elsewhere = image(), image(collection=private_collection()), image()
    gone, withdrawn = 999_999_999, image()
    choice = asked(
        option("red", red),
        option("private", private),
        option("gone", gone),
        option("old", withdrawn, retired=True),
    )
    who = opened(choice)
    path = f"{who.path}picture/"
    assert addresses(who) == [f"{path}{red}/"]
    assert "Private" in who.text and "Gone" in who.text
    assert who.client.get(f"{path}{red}/").status_code == 200
    for number in (private, elsewhere, gone, withdrawn):
        assert who.client.get(f"{path}{number}/").status_code == 404
    other = Respondent("x" * 32)
    assert other.client.get(f"{other.path}picture/{red}/").status_code == 404


def test_a_collection_that_was_closed_meanwhile_shows_nothing_more():
    part = Collection.get_first_root_node().add_child(name="Part")
    red = image(collection=part)
    who = opened(asked(option("red", red)))
    (address,) = addresses(who)
    CollectionViewRestriction.objects.create(
        collection=part, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert who.client.get(address).status_code == 404
    who.open()
    assert addresses(who) == [] and "Red" in who.text


def test_a_picture_that_was_deleted_meanwhile_leaves_its_text():
    red = image()
    who = opened(asked(option("red", red)))
    (address,) = addresses(who)
    get_image_model().objects.all().delete()
    assert who.client.get(address).status_code == 404
    who.open()
    assert addresses(who) == [] and "Red" in who.text
    who.send(which="red")
    assert only().values == {"which": "red"}


def test_a_file_that_is_gone_or_is_none_is_not_found(tmp_path):
    red = image()
    who = opened(asked(option("red", red)))
    path = get_image_model().objects.get().file.path
    (address,) = addresses(who)
    with open(path, "wb") as file:
        file.write(b"no picture")
    assert who.client.get(address).status_code == 404
    tmp_path.joinpath(path).unlink()
    assert who.client.get(address).status_code == 404


def test_a_survey_that_is_closed_shows_no_pictures():
    red = image()
    who = opened(asked(option("red", red)))
    (address,) = addresses(who)
    publish(survey("pulse", asked(option("red", red)), settings={"closes": "2020-01-01"}))
    assert who.client.get(address).status_code == 404


@pytest.mark.parametrize("size", [(640, 480), (3000, 200), (40, 30)])
def test_however_it_was_made_it_is_small(size):
    who = opened(asked(option("red", image(noise(size)))))
    (address,) = addresses(who)
    assert len(b"".join(who.client.get(address))) <= MOST


def test_where_a_photo_was_taken_is_not_told():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (44.0, 26.0, 6.0)
    exif[0x010E] = "Taken at home"
    content = drawing(exif=exif.tobytes())
    assert b"Taken at home" in content
    who = opened(asked(option("red", image(content))))
    (address,) = addresses(who)
    assert b"Taken at home" not in b"".join(who.client.get(address))


def test_a_page_asks_as_much_for_many_pictures_as_for_one(django_assert_max_num_queries):
    numbers = [image() for _n in range(12)]
    publish(survey("pulse", asked(*(option(f"o{n}", n) for n in numbers))))
    who = Respondent(open_link().token)
    who.open()
    with django_assert_max_num_queries(7):
        who.open()
    assert len(addresses(who)) == 12


def test_pictures_of_an_anonymous_survey_stand_under_the_address_of_the_invitation():
    red = image()
    publish(
        survey(
            steps=[page("one", question("first")), page("two", asked(option("red", red)))],
            settings={"anonymous": True},
        )
    )
    who = Respondent(token := invite().token)
    who.open()
    who.send(first="Said")
    assert addresses(who) == [f"/s/{token}/picture/{red}/"]


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("single_choice", {"picture": "x"}, "is the number of an image"),
        ("single_choice", {"picture": True}, "is the number of an image"),
        ("ranking", {"picture": 0}, "is the number of an image"),
        ("multiple_choice", {"picture": 1, "alt": "x"}, "is told by language"),
        ("dropdown", {"picture": 1}, "no property “picture”"),
        ("single_choice", {"picture": 1, "alt": {"en": "{answer.none}"}}, "there is no answer"),
    ],
)
def test_what_does_not_fit_is_not_published(kind, more, said):
    with pytest.raises(ConfigurationInvalid, match=said):
        publish(survey("pulse", asked(option("red", **more), kind=kind)))


def test_a_pack_carries_the_number_and_what_it_shows():
    publish(survey("pulse", asked(option("red", image(), alt={"en": "A red car"}))))
    packed = payload.dump()
    assert not check_shape(packed)
    (raw,) = packed["surveys"][0]["steps"][0]["sections"][0]["items"][0]["options"]["options"]
    assert raw["picture"] and raw["alt"] == {"en": "A red car"}
    payload.load(packed, replace=True)
    assert payload.dump()["surveys"] == packed["surveys"] and not publication.changes()
