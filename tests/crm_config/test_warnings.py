"""What only warns stands in the way of nothing, and hides nothing that does."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.compiler import Draft
from crm_config.problems import ConfigurationInvalid, Problem
from crm_config.sections import base
from tests.cast import Cast
from tests.records.promises.promising import promise

pytestmark = pytest.mark.django_db

BROKEN = promise("no_field", role="sales", right="read", type="organisation", field="name")


@pytest.fixture
def warned(cast: Cast) -> Iterator[Cast]:
    """The section of roles, by a plugin that warns of each part besides."""
    plain = base.get("roles")

    class Warning(type(plain)):
        def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
            return [*super().check(part, draft), Problem(("roles",), "Look.", warning=True)]

    base._sections["roles"] = Warning()
    yield cast
    base._sections["roles"] = plain


def test_a_warning_alone_lets_through(warned: Cast) -> None:
    problems = publication.check(payload.dump())
    assert [str(p) for p in problems] == ["roles: Look."] and problems[0].warning
    publication.raise_for(payload.dump())


def test_a_promise_that_does_not_hold_stops_beside_a_warning(warned: Cast) -> None:
    candidate = {**payload.dump(), "promises": [BROKEN]}
    with pytest.raises(ConfigurationInvalid) as invalid:
        publication.raise_for(candidate)
    assert [p.path[0] for p in invalid.value.problems] == ["promises"]
