"""The page about pipelines names what there is."""

import json
import re
from pathlib import Path

import pytest

from tests.workflows.pipelines import world
from workflows.pipelines import judging, placing
from workflows.pipelines.compiling import compiled
from workflows.pipelines.definitions import MEANINGS
from workflows.pipelines.schema import SHAPE, STAGE, TRANSITION

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "pipelines.md").read_text()


def told(heading: str) -> set[str]:
    """The names in the first cells of a section's table."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", part, re.M)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize(
    ("heading", "shape"),
    [
        ("Settings of a pipeline", SHAPE["items"]),
        ("Settings of a stage", STAGE),
        ("Settings of a move", TRANSITION),
    ],
)
def test_every_setting_is_told(heading: str, shape: dict) -> None:
    assert told(heading) == set(shape["properties"])


def test_every_refusal_is_told() -> None:
    package = Path(judging.__file__).parent
    source = (package / "judging.py").read_text() + (package / "gate.py").read_text()
    raised = set(re.findall(r'Finding\(\s*"(\w+)"', source))
    raised |= set(re.findall(r'draft\.refuse\(\s*"(\w+)"', source))
    obstacles = {"no_transition", "no_backward", "no_skip", "retired"}
    assert told("What a move meets") == raised | obstacles


@pytest.mark.parametrize("meaning", MEANINGS)
def test_every_meaning_is_told(meaning: str) -> None:
    assert f"`{meaning}`" in PAGE


def test_the_job_is_named_and_the_example_can_be_read() -> None:
    assert f"`{placing.KIND}`" in PAGE
    example = compiled(json.loads(PAGE.partition("```json\n")[2].partition("```")[0]))
    assert example.start.key == "new" and example.no_backward
    assert world.pipeline()["type"] == example.record_type
