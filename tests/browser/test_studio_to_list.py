"""From nothing to a record in a list, as an administrator does it: no restart, nobody else's help."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cast import create

TEN_KINDS = (
    ("text", "Serial number"),
    ("long_text", "Remarks"),
    ("integer", "Hours run"),
    ("money", "Price"),
    ("date", "Bought on"),
    ("boolean", "Under warranty"),
    ("choice", "State"),
    ("multi_choice", "Equipment"),
    ("email", "Contact"),
    ("link", "Stands at"),
)
OPTIONS = {"choice": ("Running", "Broken"), "multi_choice": ("Laser", "Camera", "Printer")}


@pytest.fixture
def page(open_as, cast) -> Page:
    create("organisation", name="Aegean Optics")
    return open_as(None, "/admin/login/")


def test_a_type_is_described_published_worked_with_and_taken_back(page, cast):
    log_in(page, "administrator")
    add_type(page, "Machine", "Machines")
    add_fields(page)
    allow_everything(page, "Administrator")
    publish(page, "We keep machines too")
    menu(page).get_by_role("link", name="Machines").click()
    expect(page.get_by_text("there are none that you may see yet")).to_be_visible()

    create_machine(page)
    edit_machine(page)
    change_in_place(page)
    find_by_filter(page)
    find_by_search(page)
    [row] = exported(page)
    assert (row["Title"], row["State"], row["Hours run"]) == ("Lathe 2", "Broken", "1250")

    go_back_to_version(page, 1)
    expect(menu(page)).to_contain_text("Organisations")
    expect(menu(page)).not_to_contain_text("Machines")


def log_in(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.locator("[name=password]").fill(name)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=re.compile(name, re.I))).to_be_visible()


def menu(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main menu")


def add_type(page: Page, name: str, plural: str) -> None:
    menu(page).get_by_role("button", name="Studio").click()
    page.get_by_role("link", name="Record types").click()
    page.get_by_role("link", name="New record type").first.click()
    page.locator("#id_labels_en").fill(name)
    page.locator("#id_plural_en").fill(plural)
    expect(page.locator("[name=key]")).to_have_value("machine")
    page.get_by_role("button", name="Add record type").click()
    expect(page.get_by_text("Give it the fields it needs")).to_be_visible()


def add_fields(page: Page) -> None:
    page.get_by_role("link", name="Add field").first.click()
    for kind, name in TEN_KINDS:
        page.locator(f"a[href$='kind={kind}']").click()
        describe_field(page, kind, name)
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Add, then another").click()
        expect(page.get_by_text(f"The field {name} was added.")).to_be_visible()


def describe_field(page: Page, kind: str, name: str) -> None:
    page.locator("#id_labels_en").fill(name)
    for option in OPTIONS.get(kind, ()):
        page.get_by_role("button", name="Add option").click()
        page.keyboard.type(option)
    if kind == "link":
        page.get_by_label("Organisation").check()
    if kind in ("choice", "integer"):
        page.get_by_label("Show it in the list").check()
        expect(page.get_by_label("Filter lists by it")).to_be_checked()


def allow_everything(page: Page, role: str) -> None:
    page.goto("/admin/studio/types/machine/")
    page.get_by_role("tab", name="Access").click()
    cells = page.get_by_role("row", name=re.compile(f"^{role}")).get_by_role("combobox")
    for cell in cells.all():
        # Back from "not at all": first to "if…", then to "all".
        cell.click(modifiers=["Shift"])
        expect(cell).to_have_value("condition")
        cell.click(modifiers=["Shift"])
        expect(cell).to_have_value("all")
    page.get_by_role("button", name="Save rights").click()


def publish(page: Page, reason: str) -> None:
    page.get_by_role("link", name="Review and publish").last.click()
    expect(
        page.get_by_text("The record type is added, with 11 fields.", exact=True)
    ).to_be_visible()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()


def create_machine(page: Page) -> None:
    page.get_by_role("link", name="Add the first").click()
    page.get_by_role("textbox", name="Name").fill("Lathe")
    page.get_by_label("Serial number").fill("LT-0001")
    page.get_by_label("Remarks").fill("Bought used.\nWorks well.")
    page.get_by_label("Hours run").fill("1200")
    page.get_by_role("group", name="Price").get_by_label("Amount").fill("12500.50")
    page.get_by_label("Bought on").fill("2026-03-02")
    page.get_by_label("Under warranty").check()
    page.get_by_label("State").select_option(label="Running")
    page.get_by_label("Laser").check()
    page.get_by_label("Printer").check()
    page.get_by_label("Contact").fill("hall@example.com")
    page.get_by_role("combobox", name="Stands at").fill("Aeg")
    page.get_by_role("option", name="Aegean Optics").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Machine created.")).to_be_visible()


def edit_machine(page: Page) -> None:
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Serial number")).to_have_value("LT-0001")
    page.get_by_role("textbox", name="Name").fill("Lathe 2")
    page.get_by_label("State").select_option(label="Broken")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Lathe 2", exact=True)).to_be_visible()


def change_in_place(page: Page) -> None:
    page.locator("[data-key=hours_run]").hover()
    page.get_by_role("link", name="Change Hours run").click()
    page.get_by_label("Hours run").fill("1250")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.locator("[data-key=hours_run]")).to_contain_text("1,250")


def find_by_filter(page: Page) -> None:
    menu(page).get_by_role("link", name="Machines").click()
    page.get_by_role("link", name="Filter", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="State").click()
    dialog.get_by_role("combobox").last.select_option(label="Running")
    dialog.get_by_role("button", name="Show").click()
    expect(page.get_by_text("matches what you ask for")).to_be_visible()
    page.get_by_role("list", name="Filters").get_by_role("link", name="State").first.click()
    dialog.get_by_role("combobox").last.select_option(label="Broken")
    dialog.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Lathe 2")).to_be_visible()


def find_by_search(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox", name="Search everything").fill("lathe")
    page.get_by_role("dialog").get_by_role("link", name="Lathe 2").click()
    expect(page.get_by_role("heading", name="Lathe 2", exact=True)).to_be_visible()


def exported(page: Page) -> list[dict[str, str]]:
    menu(page).get_by_role("link", name="Machines").click()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Export").click()
    page.get_by_role("dialog").get_by_label("CSV").check()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Export").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def go_back_to_version(page: Page, version: int) -> None:
    page.goto("/admin/studio/versions/")
    page.get_by_role("link", name=str(version), exact=True).click()
    page.get_by_role("link", name="Go back to this version").click()
    page.get_by_label("Reason").fill("Machines were an idea only")
    page.get_by_role("button", name="Go back").click()
    expect(page.get_by_text(f"Version {version} is published again")).to_be_visible()
