"""Who builds surveys."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.crm_config.studio import client_of
from tests.surveys.studio.building import two_pages
from tests.surveys.surveying import publish


@pytest.fixture
def browser(cast: Cast) -> Client:
    """A survey of two pages about persons is published, and its builder open to the administrator."""
    publish(two_pages())
    return client_of(cast.administrator)
