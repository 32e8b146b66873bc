"""`manage.py import_records`: the same import, from the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from records.access import Access
from records.imports import services
from records.models import ImportRun, Record
from tests.cast import Cast
from tests.records.imports.conftest import begin, columns

RAW = columns(("name", "name"), ("staff", "headcount"), type="organisation")
TEXT = "name,staff\nAegean,5\nBoreas,many\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "firms.csv").write_text(TEXT)
    (tmp_path / "firms.json").write_text(json.dumps(RAW))
    return str(tmp_path / "firms.csv"), str(tmp_path / "firms.json")


def run(*args: str) -> str:
    out = StringIO()
    call_command("import_records", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_tells_and_writes_nothing(cast: Cast, files: tuple[str, str]) -> None:
    told = run(files[0], "--mapping", files[1], "--dry-run")
    assert "To be created: 1" in told
    assert "1 × staff:" in told
    assert not Record.unscoped.exists()


def test_it_imports_as_the_system_or_as_somebody(
    cast: Cast, files: tuple[str, str], tmp_path: Path
) -> None:
    faults = tmp_path / "faults.csv"
    assert "Created: 1" in run(files[0], "--mapping", files[1], "--faults", str(faults))
    assert "Boreas,many" in faults.read_text("utf-8-sig")
    run(files[0], "--mapping", files[1], "--user", "owner")
    owners = Record.unscoped.order_by("id").values_list("owner", flat=True)
    assert list(owners) == [None, cast.owner.pk]


def test_with_the_rights_of_the_person(cast: Cast, files: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="may import"):
        run(files[0], "--mapping", files[1], "--user", "teammate")


def test_a_saved_mapping_by_name(cast: Cast, files: tuple[str, str]) -> None:
    services.save_mapping(begin(cast.owner, TEXT, RAW), access=Access.of(cast.owner), name="Firms")
    assert "Created: 1" in run(files[0], "--mapping", "Firms", "--user", "owner")
    assert ImportRun.objects.filter(state=ImportRun.State.DONE).count() == 1


@pytest.mark.parametrize("wrong", ["no-file", "no-mapping", "no-user", "bad-json", "bad-mapping"])
def test_what_cannot_be_is_told(
    cast: Cast, files: tuple[str, str], tmp_path: Path, wrong: str
) -> None:
    file, mapping = files
    more: list[str] = []
    if wrong == "no-file":
        file = "nowhere.csv"
    elif wrong == "no-mapping":
        mapping = "Nothing of the kind"
    elif wrong == "no-user":
        more = ["--user", "nobody"]
    else:
        Path(mapping).write_text("{" if wrong == "bad-json" else '{"format": 2, "extra": 1}')
    with pytest.raises(CommandError):
        run(file, "--mapping", mapping, *more)
    assert not Record.unscoped.exists()
