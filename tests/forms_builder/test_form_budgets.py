"""How many queries a submission takes, whatever the form asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.forms_builder.forms import contact, item, publish
from tests.forms_builder.visitor import Visitor

pytestmark = pytest.mark.django_db
#: With those of the gate, which makes one record.
MOST = 22
MORE = (item("given_name"), item("source", "hidden", labels={"en": "Source"}))


def queries() -> int:
    visitor = Visitor()
    visitor.open()
    with CaptureQueriesContext(connection) as asked:
        visitor.send(family_name="Popa", email="a@example.com", follow=False)
    assert visitor.page.status_code == 303
    return len(asked)


def test_a_submission_takes_few_queries():
    publish(contact(handling={}))
    queries()
    plain = queries()
    publish(contact(*MORE, handling={}))
    assert queries() == plain <= MOST
