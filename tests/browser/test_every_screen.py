"""Every main screen: nobody is shut out of it, by light or dark, and it fits a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screens, work, world
from tests.browser.axe import grave

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
#: Half-way into its new colour a button would be judged wrongly, and waiting for it takes longer than all else.
AT_ONCE = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }');
    document.adoptedStyleSheets = [sheet];
"""


@pytest.fixture
def ids(cast) -> dict[str, int]:
    world.publish()
    ids = world.fill()
    world.leave_a_change()
    return ids


@pytest.fixture
def page(open_as, cast, ids) -> Page:
    page = open_as(cast.administrator)
    page.add_init_script(AT_ONCE)
    return page


def visit(page: Page, addresses: dict[str, str]) -> Iterator[str]:
    """Each screen in turn, when it has everything that it fetches. Between the tabs of one it is not loaded anew."""
    for name, address in addresses.items():
        path, _, tab = address.partition("#")
        if not tab or not page.url.endswith(path):
            page.goto(path)
        if tab:
            page.locator(f"[role=tab][href='#{tab}']").click()
            expect(page.locator(f"#{tab}")).to_be_visible()
        expect(page.locator(".r-waiting")).to_have_count(0)
        yield name


def faults(page: Page) -> list[str]:
    found = grave(page) + refused_when_sent(page)
    page.emulate_media(color_scheme="dark")
    found += [f"in the dark: {each}" for each in grave(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    page.wait_for_function("document.querySelector('#main').getBoundingClientRect().left === 0")
    found += too_wide(page)
    page.set_viewport_size(DESK)
    return found


def refused_when_sent(page: Page) -> list[str]:
    """Forms that carry no token: the server takes them for somebody else's."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('form[method=post]')]
            .filter((form) => !form.elements.namedItem('csrfmiddlewaretoken'))
            .map((form) => form.action)"""
    )
    return [f"a form without a token: {action}" for action in found]


def too_wide(page: Page) -> list[str]:
    """What stands beyond the edge of a phone, unless a part of its own, a table say, holds and scrolls it.
    Wagtail's side panels and its map of a form's panels wait beyond the edge on purpose."""
    return page.evaluate(
        """() => {
            const main = document.querySelector('#main');
            const held = (it) => {
                for (let above = it.parentElement; above && above !== main; above = above.parentElement)
                    if (getComputedStyle(above).overflowX !== 'visible') return true;
                return !it.checkVisibility() || it.closest('.w-minimap, .form-side') !== null;
            };
            const beyond = [...main.querySelectorAll('*')].filter(
                (it) => it.getBoundingClientRect().right > window.innerWidth + 1 && !held(it));
            const names = beyond.slice(0, 5).map((it) => `too wide: ${it.tagName} ${it.className}`);
            const { scrollWidth } = document.documentElement;
            return scrollWidth > window.innerWidth ? [`scrolls to ${scrollWidth}`, ...names] : names;
        }"""
    )


def faults_of(page: Page, addresses: dict[str, str]) -> str:
    """A line for each."""
    found = [f"{name}: {fault}" for name in visit(page, addresses) for fault in faults(page)]
    return "\n".join(found)


def test_the_studio(page, ids):
    found = faults_of(page, screens.of_the_studio())
    assert not found, found


def test_trials_and_promises(page, ids):
    found = faults_of(page, screens.of_trials(world.try_it()))
    assert not found, found


def test_records(page, ids):
    found = faults_of(page, screens.of_records(ids))
    assert not found, found


def test_operations(page, ids):
    found = faults_of(page, screens.of_operations())
    assert not found, found


def test_work(cast, open_as):
    work.publish()
    ids = work.fill(cast)
    page = open_as(cast.administrator)
    page.add_init_script(AT_ONCE)
    found = faults_of(page, work.screens(ids))
    assert not found, found
