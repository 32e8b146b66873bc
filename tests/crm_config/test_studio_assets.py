"""What the studio brings along is there, unchanged, and named."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

from crm_config.colours import COLOURS
from crm_config.icons import FROM_WAGTAIL, ICONS, OWN, sprite

SORTABLE = settings.BASE_DIR / "static" / "vendor" / "sortablejs"
STYLES = settings.BASE_DIR / "static" / "crm_config" / "css"


def test_sortable_is_the_file_its_readme_tells_of() -> None:
    (script,) = SORTABLE.glob("*.js")
    told = (SORTABLE / "README.md").read_text()
    assert hashlib.sha256(script.read_bytes()).hexdigest() in told
    assert script.name.removeprefix("Sortable-").removesuffix(".min.js") in told
    assert (SORTABLE / "LICENSE").read_text().startswith("MIT License")


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_icon_of_our_own_has_its_drawing(name: str) -> None:
    drawing = settings.BASE_DIR / "templates" / "crm_config" / "icons" / f"{name}.svg"
    assert f'id="icon-{name}"' in drawing.read_text()
    assert f"crm_config/icons/{name}.svg" in sprite()


def test_icons_have_names_of_their_own() -> None:
    assert not set(OWN) & set(FROM_WAGTAIL)
    names = [str(name) for name in ICONS.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_every_colour_has_its_look(colour: str) -> None:
    style = (STYLES / "colours.css").read_text()
    for part in ("label", "swatch", "tile"):
        assert f".r-{part}--{colour}" in style


@pytest.mark.parametrize("sheet", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_colours_come_from_the_admins_tokens(sheet: Path) -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", sheet.read_text()) == []


def test_templates_carry_neither_script_nor_style() -> None:
    for page in (settings.BASE_DIR / "templates" / "crm_config").rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), page.name
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page.name
