"""Who builds forms."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.crm_config.studio import client_of
from tests.forms_builder.forms import contact, item, publish


@pytest.fixture
def browser(cast: Cast) -> Client:
    """A contact form of persons is published, and its builder open to the administrator."""
    publish(contact(item("company", options={"offer": {"all": []}})))
    return client_of(cast.administrator)
