"""Those who look after forms: registers, replay, and what the home page says."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from forms_builder.models import Submission
from tests.cast import Cast
from tests.forms_builder.forms import contact, publish
from tests.forms_builder.visitor import Visitor, only
from tests.workflows.procedures.rules import procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast: Cast) -> Submission:
    rule = procedure("strict", type="person", when=None, must={"field": "given_name", "op": "is_set"},
                     message={"en": "A given name is needed"}, moments=["create"])  # fmt: skip
    publish(contact(), procedures=[rule])
    visitor = Visitor()
    visitor.open()
    visitor.send(family_name="Popa", email="a@example.com")
    return only()


@pytest.fixture
def operator(cast: Cast) -> Client:
    allowed = Permission.objects.filter(content_type__app_label="forms_builder")
    cast.manager.user_permissions.add(
        *allowed.filter(codename__in=("view_submission", "change_submission"))
    )
    return login(cast.manager)


def login(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_register_tells_what_was_held_and_why(held, operator):
    page = operator.get(reverse("operations_submissions_modeladmin_index")).content.decode()
    assert held.reference in page and "A given name is needed" in page
    assert "Replay" in page
    inspected = reverse("operations_submissions_modeladmin_inspect", args=[held.pk])
    assert "Email: a@example.com<br>" in operator.get(inspected).content.decode()
    home = operator.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 submission was held" in home


def test_it_is_replayed_after_the_mend(held, operator):
    publish(contact())
    url = reverse("forms:replay_submission", args=[held.pk])
    assert operator.get(url).status_code == 200 and only().status == "held"
    operator.post(url)
    assert only().status == "accepted"
    inspected = reverse("operations_submissions_modeladmin_inspect", args=[held.pk])
    record = reverse("records:record", args=[only().records[0]["id"]])
    assert f'href="{record}"' in operator.get(inspected).content.decode()


def test_others_neither_see_nor_replay(held, cast: Cast):
    for user in (cast.owner, cast.outsider, cast.stranger):
        client = login(user)
        listed = client.get(reverse("operations_submissions_modeladmin_index"))
        assert held.reference not in listed.content.decode()
        answer = client.post(reverse("forms:replay_submission", args=[held.pk]))
        assert answer.status_code in (302, 403) and only().status == "held"
        assert (
            "was held" not in client.get(reverse("wagtailadmin_home"), follow=True).content.decode()
        )


def test_what_was_sent_is_text_in_the_register(operator):
    publish(contact())
    visitor = Visitor()
    visitor.open()
    visitor.send(family_name="<script>alert(1)</script>", email="a@example.com")
    inspected = reverse("operations_submissions_modeladmin_inspect", args=[only().pk])
    assert "<script>alert(1)" not in operator.get(inspected).content.decode()
