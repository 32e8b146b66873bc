"""What can be set is told in docs/deadlines.md."""

import re
from pathlib import Path

from workflows.deadlines.definitions import WHOM
from workflows.deadlines.schema import CALENDARS_SHAPE, ESCALATION, LEVELS_SHAPE

PAGE = (Path(__file__).parents[3] / "docs" / "deadlines.md").read_text()
TOLD = set(re.findall(r"`(\w+)`", PAGE))
#: What everything has that can be configured.
USUAL = {"key", "type", "labels", "retired"}


def test_every_setting_is_told():
    for shape in (CALENDARS_SHAPE, LEVELS_SHAPE):
        assert set(shape["items"]["properties"]) - USUAL <= TOLD


def test_everybody_whom_an_escalation_tells_is_told():
    assert set(WHOM) <= TOLD
    assert set(ESCALATION["properties"]["notify"]["enum"]) == set(WHOM)
