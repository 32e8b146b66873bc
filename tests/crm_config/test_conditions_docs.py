"""docs/conditions.md: its table is that of the code, its examples hold, its limits are the limits.

`UPDATE_DOCS=1 pytest tests/crm_config/test_conditions_docs.py` writes the table.
"""

import json
import os
import re
from pathlib import Path

import pytest

from crm_config.conditions import calendar
from crm_config.conditions.dynamic import DYNAMICS
from crm_config.conditions.limits import LIMITS
from crm_config.conditions.table import operator_table
from tests.crm_config.condition_company import condition

PAGE = Path(__file__).parents[2] / "docs/conditions.md"
TABLE = re.compile(r"(<!-- operators: .*?-->\n)(.*?)(<!-- end of operators -->)", re.S)
EXAMPLES = re.findall(r"```json example (\w+)\n(.*?)```", PAGE.read_text(), re.S)


def test_the_table_of_operators_is_that_of_the_code() -> None:
    page = PAGE.read_text()
    fresh = TABLE.sub(lambda found: f"{found[1]}\n{operator_table()}\n{found[3]}", page)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(fresh)

    assert PAGE.read_text() == fresh, "UPDATE_DOCS=1 writes it"


@pytest.mark.parametrize(("on", "raw"), EXAMPLES)
def test_examples_can_be_used(on: str, raw: str) -> None:
    assert condition(json.loads(raw), on).constant is None


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize("key", [*DYNAMICS, "last_days", "next_days"])
def test_dynamic_values_are_described(key: str) -> None:
    assert key in PAGE.read_text()


def test_periods_are_described() -> None:
    named = {key.split("_")[0] for key in calendar.PERIODS} | set(calendar.UNITS[1:])

    assert all(
        f"`{word}" in PAGE.read_text() for word in named if word not in ("this", "last", "next")
    )


def test_limits_are_described() -> None:
    rows = re.findall(r"^\| .* \| ([\d,; ]+) \|$", PAGE.read_text().split("## Limits")[1], re.M)
    told = {int(number.replace(",", "")) for row in rows for number in row.split(";")}

    assert told == set(vars(LIMITS).values())
