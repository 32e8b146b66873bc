"""What can be set, and what becomes of an invitation, is told in docs/surveys-sending.md."""

import re
from pathlib import Path

from records.contact.asking import BASES
from records.contact.definitions import COUNTED
from records.contact.schema import BUDGET_SHAPE, PEOPLE_SHAPE
from surveys.models import Invitation

PAGE = (Path(__file__).parents[3] / "docs" / "surveys-sending.md").read_text()
TOLD = set(re.findall(r"`([\w]+)`", PAGE))
#: What everything has that can be configured.
USUAL = {"key", "labels", "retired"}
SENDING = {
    "recipient", "email", "subject", "body", "first_question", "reminders", "expires_days", "per_hour",
    "purpose", "basis", "transactional", "once", "gap_days",
}  # fmt: skip


def test_every_setting_is_told() -> None:
    for shape in (BUDGET_SHAPE, PEOPLE_SHAPE):
        assert set(shape["items"]["properties"]) - USUAL <= TOLD
    assert SENDING | set(COUNTED) | set(BASES) <= TOLD


def test_every_status_is_told() -> None:
    rows = set(re.findall(r"^\| ([a-z ]+) \|", PAGE, re.M))
    assert {str(label) for label in Invitation.Status.labels} <= rows
