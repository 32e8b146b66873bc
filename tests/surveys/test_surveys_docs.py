"""The page about surveys names what there is."""

from pathlib import Path

import pytest

from surveys.definitions import END_KINDS
from surveys.models import OpenLink
from surveys.questions import KINDS
from surveys.schema import END, FOLLOW_UP, JUMP, QUOTA, SENDING, SETTINGS

PAGE = (Path(__file__).parents[2] / "docs" / "surveys.md").read_text()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_kind_of_question_is_told(kind) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{kind.key}` |")]
    assert [spec.key for spec in kind.option_specs if f"`{spec.key}`" not in row] == []


@pytest.mark.parametrize(
    "name",
    [
        *SETTINGS["properties"],
        *END["properties"],
        *JUMP["properties"],
        *QUOTA["properties"],
        *SENDING["properties"],
        *FOLLOW_UP["properties"],
        *END_KINDS,
        *OpenLink.Kind.values,
    ],
)
def test_every_setting_and_part_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE
