"""What the documentation says of access is what there is."""

from pathlib import Path

from crm_config.definitions import SCOPES
from records.models import RecordShare
from tests.matrix.test_leaks import SECRETS, WAYS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "access.md").read_text()


def test_every_scope_is_described() -> None:
    assert [scope for scope in SCOPES if f"| `{scope}` |" not in TEXT] == []
    assert set(RecordShare.Level.values) == {"view", "change"}


def test_the_matrix_of_leaks_is_the_one_that_is_tried() -> None:
    assert f"| way | {' | '.join(SECRETS)} |" in TEXT
    told = [line.split("|")[1].strip() for line in TEXT.splitlines() if line.endswith("| ✓ |")]
    assert told == list(WAYS)
