"""Inbound hooks in the studio: described, tried on a sample, deleted; for administrators."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import publication
from crm_config.live import live
from forms_builder.inbound.definitions import hooks_of
from forms_builder.models import InboundHook
from tests.cast import Cast
from tests.forms_builder.forms import contact, publish
from tests.forms_builder.test_inbound import ORDER

pytestmark = pytest.mark.django_db
TYPED = {
    "labels_en": "Web shop",
    "form": "contact",
    "mapping": "family_name = order.customer.name\nemail = order.customer.mail",
    "message": "id",
    "proof": "signature",
    "per_minute": "60",
    "sample": json.dumps(ORDER),
}


@pytest.fixture
def administrator(cast: Cast) -> Client:
    publish(contact())
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_a_hook_is_described_tried_and_published(administrator):
    assert (
        "No inbound hooks yet"
        in administrator.get(reverse("inbound_studio:hooks")).content.decode()
    )
    page = administrator.post(reverse("inbound_studio:add"), TYPED, follow=True).content.decode()
    assert "The form would take it." in page and "ana@example.com" in page
    assert "/in/web_shop/" in page and not hooks_of(live())
    publication.publish(user=None, reason="hook")
    hook = hooks_of(live())["web_shop"]
    assert hook.mapping == {"family_name": "order.customer.name", "email": "order.customer.mail"}
    assert hook.secret in page and hook.per_minute == 60
    assert "Web shop" in administrator.get(reverse("inbound_studio:hooks")).content.decode()


def test_what_the_sample_does_not_give_is_told(administrator):
    typed = {**TYPED, "mapping": "family_name = order.nothing\nemail = order.customer.name"}
    page = administrator.post(reverse("inbound_studio:add"), typed, follow=True).content.decode()
    assert "What would be held" in page and "Write an e-mail address" in page


def test_what_cannot_be_read_stays_as_it_was_typed(administrator):
    for wrong in ({"mapping": "email"}, {"sample": "{not json"}, {"form": "nothing"}):
        page = administrator.post(reverse("inbound_studio:add"), {**TYPED, **wrong})
        assert page.status_code == 200 and "Not saved yet" in page.content.decode()
    assert not InboundHook.objects.exists()


def test_it_is_changed_archived_and_deleted(administrator):
    administrator.post(reverse("inbound_studio:add"), TYPED)
    url = reverse("inbound_studio:hook", args=["web_shop"])
    assert "family_name = order.customer.name" in administrator.get(url).content.decode()
    administrator.post(url, {**TYPED, "proof": "secret", "retired": "on"})
    row = InboundHook.objects.get()
    assert (row.key, row.proof, row.retired) == ("web_shop", "secret", True)
    administrator.post(reverse("inbound_studio:delete", args=["web_shop"]))
    assert not InboundHook.objects.exists()


def test_others_stay_out(administrator, cast: Cast):
    administrator.post(reverse("inbound_studio:add"), TYPED)
    client = Client()
    client.force_login(cast.manager)
    for name, args in (
        ("hooks", []),
        ("add", []),
        ("hook", ["web_shop"]),
        ("delete", ["web_shop"]),
    ):
        url = reverse(f"inbound_studio:{name}", args=args)
        for answer in (client.get(url), client.post(url, TYPED)):
            assert answer.status_code in (302, 403)
    assert InboundHook.objects.count() == 1
