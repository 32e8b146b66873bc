"""A file with faults comes in: the sheet that names them, a correction, the good rows, and the receipt."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from jobs.services import run_pending
from tests.browser.screens import new_import

FIRMS = "name;branch;staff\nAegean;retial;5\nBoreas;it;many\nCalypso;retial;7\n"
FILE: Any = {"name": "firms.csv", "mimeType": "text/csv", "buffer": FIRMS.encode()}


@pytest.fixture
def page(open_as, cast) -> Page:
    return open_as(cast.owner, new_import())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_with_faults_comes_in_without_them(page, tmp_path):
    page.get_by_label("File").set_input_files(FILE)
    page.get_by_label("Each row is").select_option("organisation")
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("It has 3 rows.")).to_be_visible()
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_text("It writes nothing.")).to_be_visible()
    run_pending()

    expect(page.get_by_role("heading", name="Faults")).to_be_visible()
    with page.expect_download() as download:
        page.locator("a[href$='/faults.csv']").click()
    download.value.save_as(tmp_path / "faults.csv")
    assert [row["name"] for row in rows_of(tmp_path / "faults.csv")] == [
        "Aegean",
        "Boreas",
        "Calypso",
    ]

    page.get_by_label("Read retial as").select_option("retail")
    page.get_by_role("button", name="Correct and try again").click()
    expect(page.get_by_text("It writes nothing.")).to_be_visible()
    run_pending()

    page.get_by_role("button", name="Import, without the refused rows").click()
    expect(page.get_by_text("The rows are being written.")).to_be_visible()
    run_pending()

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    faults = page.locator(".r-faults")
    expect(faults).to_contain_text("many")
    expect(faults).not_to_contain_text("retial")
    page.get_by_role("link", name="See Organisations").click()
    expect(page.get_by_role("link", name="Aegean")).to_be_visible()
    expect(page.get_by_role("link", name="Calypso")).to_be_visible()
    expect(page.get_by_text("Boreas")).to_have_count(0)
