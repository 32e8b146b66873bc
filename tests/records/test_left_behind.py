"""The report of values that did not convert."""

from typing import Any

import pytest
from django.urls import reverse

from crm_config.models import User
from jobs.services import run_pending
from records.models import Record
from tests.cast import Cast
from tests.company import field
from tests.crm_config.studio import client_of
from tests.kept import kept
from tests.records.test_retyping import change, retype

pytestmark = pytest.mark.django_db

FIELD = {"type": "thing", "key": "x"}


def root() -> User:
    """Sees every record: the company grants things to nobody."""
    return User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("root")


@kept
def left(cast: Cast) -> Cast:
    retype(field("x"), field("x", "integer"), "12", "<i>a dozen</i>", "=1+1")
    run_pending()
    return cast


def test_it_lists_fields_and_values_with_the_reason(left: Cast) -> None:
    client = client_of(root())
    html = client.get(reverse("records:left_behind")).content.decode()
    assert reverse("records:left_behind_field", kwargs=FIELD) in html
    html = client.get(reverse("records:left_behind_field", kwargs=FIELD)).content.decode()
    assert "&lt;i&gt;a dozen&lt;/i&gt;" in html and "Enter a number" in html
    assert ">12<" not in html


def test_the_file_holds_them_all_and_no_formula(left: Cast) -> None:
    client = client_of(root())
    answer = client.get(reverse("records:left_behind_file", kwargs=FIELD))
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3 and "'=1+1" in rows[2]


def test_what_somebody_put_right_is_listed_no_more(left: Cast) -> None:
    for pk in Record.unscoped.filter(data__has_key="x").values_list("pk", flat=True):
        change(pk, x=7)
    html = client_of(root()).get(reverse("records:left_behind")).content.decode()
    assert "Nothing was left behind" in html


@pytest.mark.parametrize("name", ["left_behind", "left_behind_field", "left_behind_file"])
def test_it_is_for_administrators(left: Cast, name: str) -> None:
    address: Any = reverse(f"records:{name}", kwargs=FIELD if "_f" in name else None)
    assert client_of(left.owner).get(address).status_code == 302
    assert client_of(left.administrator).get(address).status_code == 200
