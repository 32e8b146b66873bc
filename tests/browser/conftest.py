"""A real chromium before the running site; jobs run where a test calls `run_pending()`.

What a page throws, and what the server answers with 500, fails the test that met it. Of a test that fails,
what its pages showed is kept in `var/browser/`.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils.text import slugify
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from crm_config.models import User

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HERE = Path(__file__).parent
PICTURES = settings.VAR_DIR / "browser"
PATIENCE = 15_000
failed = pytest.StashKey[bool]()

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One for all tests: starting it takes longer than most of them. The database is there before it, and
    before the live server, which would share a database in memory between threads."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(
            "The browser tests need chromium (Debian, Ubuntu: apt install chromium).", pytrace=False
        )
    # Playwright's loop stands in this thread, where the tests ask the database between two clicks.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    held = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        # Django keeps connections apart where a loop runs, and the new ones would not know what to restore.
        for alias, connection in held.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[failed] = item.stash.get(failed, False) or report.failed
    return report


@pytest.fixture
def open_as(
    chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Open]:
    """A page of somebody's own (`None`: of nobody), as another browser would have it."""
    faults: list[str] = []
    contexts = []

    def open_page(
        user: User | None = None,
        path: str = "",
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Athens",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        page = context.new_page()
        watch(page, faults)
        if path:
            page.goto(path)
        return page

    yield open_page
    if request.node.stash.get(failed, False):
        keep_pictures([page for context in contexts for page in context.pages], request.node.name)
    for context in contexts:
        context.close()
    assert faults == []


def keep_pictures(pages: list[Page], test: str) -> None:
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=PICTURES / f"{slugify(test)}-{number}.png", full_page=True)


def session_of(user: User, url: str) -> dict[str, str]:
    """The cookie of somebody logged in, without the form."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


def watch(page: Page, faults: list[str]) -> None:
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    # What was answered with 404 or 409 on purpose is logged by the browser too.
    page.on(
        "console",
        lambda message: (
            faults.append(f"{page.url}: {message.text}")
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
