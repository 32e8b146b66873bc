"""Files and images of records: who may open them, and what is taken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model

from records.models import Record
from tests import company as small
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@kept
def contract(cast: Cast) -> int:
    company = small.small_company()
    company["record_types"][2] = small.record_type(
        "deal",
        small.field("name", required=True),
        small.field("contract", "file", options={"types": ["pdf"], "max_size": 1}),
        small.field("secret", "file"),
        small.field("photo", "image"),
        title_template="{name}",
    )
    sales = next(role for role in company["roles"] if role["key"] == "sales")
    sales["fields"] = [{"type": "deal", "field": "secret", "access": "hidden"}]
    small.publish(company=company)
    return create("deal", name="D", owner=cast.owner.pk, team=cast.north.pk)


def upload(name: str = "contract.pdf", body: bytes = b"%PDF-1") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def picture() -> SimpleUploadedFile:
    body = io.BytesIO()
    Image.new("RGB", (4, 4)).save(body, "PNG")
    return SimpleUploadedFile("photo.png", body.getvalue(), "image/png")


def save(user, pk: int, version: int = 1, **given):
    record = Record.unscoped.get(pk=pk)
    kept = {"name": "D", "owner": record.owner_id, "team": record.team_id}
    values = {f"f-{key}": value for key, value in {**kept, **given}.items()}
    return browser(user).post(url("edit", pk), {**values, "base_version": version})


def test_a_file_is_stored_and_opened_through_its_record(cast: Cast, contract: int) -> None:
    assert save(cast.owner, contract, contract=upload()).status_code == 302
    assert "contract.pdf" in text_of(browser(cast.owner).get(url("record", contract)))
    for user in (cast.owner, cast.teammate):
        answer = browser(user).get(url("file", contract, "contract"))
        assert b"".join(answer.streaming_content) == b"%PDF-1"
        assert "attachment" in answer["Content-Disposition"]
    assert browser(cast.stranger).get(url("file", contract, "contract")).status_code == 404
    assert browser(cast.owner).get(url("file", contract, "photo")).status_code == 404
    assert browser(cast.owner).get(url("file", contract, "name")).status_code == 404


def test_a_hidden_file_is_not_there(cast: Cast, contract: int) -> None:
    save(cast.administrator, contract, secret=upload("plan.txt"))
    assert browser(cast.administrator).get(url("file", contract, "secret")).status_code == 200
    assert browser(cast.owner).get(url("file", contract, "secret")).status_code == 404


def test_wagtails_own_address_of_the_document_is_closed(cast: Cast, contract: int) -> None:
    save(cast.owner, contract, contract=upload())
    document = get_document_model().objects.get()
    address = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    for user in (cast.owner, cast.stranger):
        assert browser(user).get(address).status_code != 200


def test_kind_and_size_are_held(cast: Cast, contract: int) -> None:
    wrong = save(cast.owner, contract, contract=upload("virus.exe"))
    assert wrong.context["form"].errors["contract"]
    large = save(cast.owner, contract, contract=upload(body=b"x" * (1024 * 1024 + 1)))
    assert large.context["form"].errors["contract"]
    fake = save(cast.owner, contract, photo=SimpleUploadedFile("photo.png", b"no picture"))
    assert fake.context["form"].errors["photo"]
    assert not get_document_model().objects.exists()


def test_a_refused_form_leaves_no_file_behind(cast: Cast, contract: int, tmp_path) -> None:
    assert save(cast.owner, contract, name=" ", contract=upload()).status_code == 200
    assert not get_document_model().objects.exists()
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_an_image_is_shown_and_taken_away(cast: Cast, contract: int) -> None:
    save(cast.owner, contract, photo=picture())
    client = browser(cast.owner)
    answer = client.get(url("file", contract, "photo"))
    assert answer["Content-Type"] == "image/png" and "sandbox" in answer["Content-Security-Policy"]
    assert url("file", contract, "photo") in text_of(client.get(url("record", contract)))
    save(cast.owner, contract, version=2, **{"photo-clear": "on"})
    assert "photo" not in Record.unscoped.get(pk=contract).data
