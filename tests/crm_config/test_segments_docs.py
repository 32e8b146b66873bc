"""The page about segments names what there is."""

from pathlib import Path

import pytest

from crm_config.conditions.contexts import MOMENTS
from crm_config.conditions.dynamic import PEOPLE
from crm_config.schema import SEGMENT
from crm_config.segments import KINDS
from records.segments import importing, jobs

PAGE = (Path(__file__).parents[2] / "docs" / "segments.md").read_text()


@pytest.mark.parametrize("name", SEGMENT["properties"])
def test_every_property_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told(kind: str) -> None:
    assert f"| `{kind}` |" in PAGE


@pytest.mark.parametrize("dynamic", sorted(PEOPLE))
def test_what_depends_on_who_asks_is_named_as_left_out(dynamic: str) -> None:
    assert f"`{dynamic}`" in PAGE and dynamic not in MOMENTS


def test_the_job_and_the_limit_are_told() -> None:
    assert f"`{jobs.KIND}`" in PAGE
    assert f"{importing.MOST_LINES:,} lines" in PAGE
