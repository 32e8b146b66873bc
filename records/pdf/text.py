"""Headings and paragraphs."""

from __future__ import annotations

from records.pdf.sheet import Sheet
from records.pdf.style import BODY, GAP, TITLES, Style

#: What has to fit below a heading, so that none stands alone at the end of a page.
KEPT = 24.0


def heading(sheet: Sheet, text: str, level: int = 1, *, kept: float = KEPT) -> None:
    """`level` 1 is the document's title. Each stands in the outline, by which readers go from one to the next."""
    style = TITLES[level - 1]
    lines = sheet.lines_of(text, sheet.width, style)
    above = GAP * (2 if level == 2 else 1) if sheet.y > sheet.top else 0
    if not sheet.need(above + len(lines) * style.leading + kept):
        sheet.down(above)
    sheet.start_section(sheet.written(text), level - 1, strict=False)
    _write(sheet, lines, style)
    sheet.down(GAP / 3)


def paragraph(
    sheet: Sheet, text: str, style: Style = BODY, *, indent: float = 0, kept: float = 0
) -> None:
    """`kept`: what has to fit below it."""
    lines = sheet.lines_of(text, sheet.width - indent, style)
    if kept:
        sheet.need(len(lines) * style.leading + kept)
    _write(sheet, lines, style, indent)
    sheet.down(GAP / 3)


def _write(sheet: Sheet, lines: list[str], style: Style, indent: float = 0) -> None:
    x = sheet.left if sheet.rtl else sheet.left + indent
    for line in lines:
        sheet.need(style.leading)
        y = sheet.y
        sheet.put(line, x=x, y=y, width=sheet.width - indent, style=style)
        sheet.set_xy(sheet.left, y + style.leading)
