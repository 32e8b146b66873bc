"""Options with pictures: a grid that keeps still, two beside each other on a phone, chosen by mouse and keys."""

from io import BytesIO
from itertools import cycle

import pytest
from django.contrib.auth.models import Permission
from PIL import Image
from playwright.sync_api import expect
from wagtail.models import Collection, GroupCollectionPermission

from tests.browser.axe import grave
from tests.browser.test_survey import PHONE, fits, too_small
from tests.surveys.answering.test_pictures import asked, image, option
from tests.surveys.studio.building import known
from tests.surveys.surveying import open_link, publish, question, rows, survey

COLOURS = ("Red", "Blue", "Green", "A name that is so long that it goes on in a second line")


def drawing(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def address(company, settings, tmp_path) -> str:
    settings.MEDIA_ROOT = tmp_path
    colours = cycle(("red", "blue", "green", "orange"))
    offered = [
        {**option(f"o{n}", image(drawing(next(colours)))), "labels": {"en": label}}
        for n, label in enumerate(COLOURS)
    ]
    offered.append(option("plain"))
    publish(
        survey(
            "pulse",
            question("text", "text", options={"text": {"en": "Read on.\n" * 80}}),
            asked(*offered, kind="multiple_choice"),
            asked(*offered[:3], kind="ranking") | {"key": "order"},
        )
    )
    return f"/s/{open_link().token}/"


def places(page) -> list[tuple[float, float]]:
    boxes = page.locator(".card").evaluate_all(
        "all => all.map((each) => { const box = each.getBoundingClientRect(); return [box.x, box.width]; })"
    )
    return [tuple(box) for box in boxes]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_two_stand_beside_each_other(open_as, address, scheme):
    loaded = []
    page = open_as(None, scheme=scheme, **PHONE)
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(address)
    expect(page.get_by_role("button", name="Send")).to_be_attached()
    before = page.evaluate("document.documentElement.scrollHeight")
    page.locator(".card").last.scroll_into_view_if_needed()
    for picture in page.locator(".card img").all():
        picture.scroll_into_view_if_needed()
        assert (
            picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }")
            == 320
        )
    assert page.evaluate("document.documentElement.scrollHeight") == before
    assert len({x for x, _width in places(page)}) == 2
    assert grave(page) == [] and fits(page) and too_small(page) == []
    assert {url.split("/")[2] for url in loaded} == {page.url.split("/")[2]}


def test_a_press_on_the_picture_chooses_and_keys_do_too(open_as, address):
    page = open_as(None, address, **PHONE)
    page.locator(".card img").nth(1).click()
    expect(page.get_by_role("checkbox", name="Blue")).to_be_checked()
    page.get_by_role("checkbox", name="Plain").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Move “Green” up").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thanks a lot")).to_be_visible()
    assert {row[2] for row in rows() if row[0] == "which"} == {"o1", "plain"}
    assert [row[2] for row in rows() if row[0] == "order"] == ["o0", "o2", "o1"]


def test_an_administrator_chooses_one_on_a_phone(open_as, cast, address):
    image(drawing("teal"))
    GroupCollectionPermission.objects.create(
        group=cast.administrator.groups.first(),
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="choose_image"),
    )
    page = open_as(cast.administrator, "/admin/studio/surveys/of/pulse/items/which/", **PHONE)
    row = page.locator(".survey-option").nth(4)
    row.locator("summary").click()
    assert grave(page) == [] and fits(page)
    row.get_by_role("button", name="Choose an image").click()
    page.locator(".modal a.image-choice").first.click()
    expect(row.locator("[data-chooser-title]")).to_have_text("Secret title")
    row.get_by_label("What it shows (English)").fill("A teal wall")
    page.get_by_role("button", name="Save item").click()
    expect(page.get_by_text("The item was saved.")).to_be_visible()
    said = known("which")["options"]["options"][4]
    assert said["key"] == "plain" and said["alt"] == {"en": "A teal wall"} and said["picture"]
