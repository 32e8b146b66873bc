"""The pages on procedures and approvals name every moment, mode and way to say who is asked."""

from pathlib import Path

from workflows.approvals.definitions import LEADS, NEEDS, ORDERS
from workflows.procedures.definitions import MODES, MOMENTS

DOCS = Path(__file__).parents[3] / "docs"


def test_procedures() -> None:
    page = (DOCS / "procedures.md").read_text()
    assert [key for key in (*MOMENTS, *MODES) if f"| `{key}` |" not in page] == []


def test_approvals() -> None:
    page = (DOCS / "approvals.md").read_text()
    kinds = (*LEADS, *NEEDS, *ORDERS, "role", "user", "team_lead_of", "field")
    assert [key for key in kinds if f"`{key}`" not in page] == []
