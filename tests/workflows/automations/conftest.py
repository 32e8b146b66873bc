"""Publishing the small company with automations."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import company as small
from tests.cast import Cast


@pytest.fixture
def published(cast: Cast) -> Callable[..., None]:
    def publish(*automations: dict[str, Any], **sections: Any) -> None:
        company = {**small.small_company(), "automations": list(automations), **sections}
        small.publish(company=company)

    return publish
