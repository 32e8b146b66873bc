"""The paper that documents are written on: its size, margins, header, footer, typeface and what is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import Align
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from records.pdf.letters import in_order, written
from records.pdf.paper import paper_of
from records.pdf.style import HINT, MARGIN, RULE, Style
from records.pdf.wrapping import wrapped

TYPEFACE = "dejavu"
FILES = Path(__file__).parent / "typefaces"
#: Stands for the number of pages until that is known.
PAGES = "{pages}"
HEADER = FOOTER = 8.0


@dataclass(frozen=True)
class About:
    """`time_zone` is the company's, by which its paper is found; `made_at` is in that of the reader. Texts on a sheet
    are in `language`, which whoever writes them has active."""

    title: str
    company: str
    made_at: datetime
    time_zone: str
    language: str
    subject: str = ""


class Sheet(FPDF):
    """Begins with one empty page. What is put on it says itself how much room it needs: see `need`."""

    def __init__(self, about: About, *, compress: bool = True) -> None:
        super().__init__(format=paper_of(about.time_zone))
        self.about = about
        self.rtl = bool(LANG_INFO.get(about.language, {}).get("bidi"))
        self._widths: dict[tuple[float, bool, str], float] = {}
        for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font(TYPEFACE, style, FILES / name)
        self._tell()
        self.set_compression(compress)
        self.alias_nb_pages(PAGES)
        self.set_margins(MARGIN, MARGIN + HEADER, MARGIN)
        self.set_auto_page_break(auto=False)
        self.c_margin = 0.0
        self.add_page()

    def _tell(self) -> None:
        about = self.about
        self.set_lang(about.language)
        self.set_title(about.title)
        self.set_subject(about.subject)
        self.set_author(about.company)
        self.set_creator("Relata")
        self.set_creation_date(about.made_at)
        # Readers, also those that read aloud, name the document by its title instead of its file.
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.epw

    @property
    def top(self) -> float:
        return self.t_margin

    @property
    def bottom(self) -> float:
        return self.h - MARGIN - FOOTER

    @property
    def room(self) -> float:
        """How much of the page is left."""
        return self.bottom - self.y

    @property
    def most_room(self) -> float:
        """Of an empty page."""
        return self.bottom - self.top

    def need(self, height: float) -> bool:
        """Goes on on a new page where there is not so much room. Whether it did."""
        if height <= self.room or self.y <= self.top:
            return False
        self.add_page()
        return True

    def down(self, by: float) -> None:
        self.y = min(self.y + by, self.bottom)

    def dress(self, style: Style) -> None:
        self.set_font(TYPEFACE, "B" if style.bold else "", style.size)
        self.set_text_color(*style.colour)

    def lines_of(self, text: str, width: float, style: Style) -> list[str]:
        self.dress(style)
        return wrapped(self.written(text), width, partial(self._measured, style))

    def written(self, text: str) -> str:
        return written(text, self._known)

    def put(
        self, line: str, *, x: float, y: float, width: float, style: Style, at_end: bool = False
    ) -> None:
        """One line of a text that was `written`, at the beginning or the end of so much width: where those are, the
        language says."""
        self.dress(style)
        self.set_xy(x, y)
        align = Align.R if at_end != self.rtl else Align.L
        self.cell(
            width,
            style.leading,
            in_order(line, rtl=self.rtl, alias=self.str_alias_nb_pages),
            align=align,
        )

    def rule(self, y: float) -> None:
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(self.left, y, self.left + self.width, y)

    def header(self) -> None:
        y, half = MARGIN - HINT.leading, self.width / 2
        places = (self.left, self.left + half)
        first, second = reversed(places) if self.rtl else places
        for x, text, at_end in (
            (first, self.about.company, False),
            (second, "" if self.page == 1 else self.about.title, True),
        ):
            line = self._short(text, half - 2)
            self.put(line, x=x, y=y, width=half, style=HINT, at_end=at_end)
        self.rule(MARGIN + 1)
        self.set_xy(self.left, self.top)

    def footer(self) -> None:
        y, half = self.h - MARGIN, self.width / 2
        places = (self.left, self.left + half)
        first, second = reversed(places) if self.rtl else places
        self.rule(y - 2)
        page = _("Page %(page)s of %(pages)s") % {"page": self.page, "pages": PAGES}
        day = date_format(self.about.made_at, "DATE_FORMAT")
        self.put(self.written(page), x=first, y=y, width=half, style=HINT)
        self.put(self.written(day), x=second, y=y, width=half, style=HINT, at_end=True)

    def made(self) -> bytes:
        return bytes(self.output())

    def _short(self, text: str, width: float) -> str:
        """Its first line alone."""
        first, *rest = self.lines_of(text, width, HINT)
        return f"{first}…" if rest else first

    @cached_property
    def _known(self) -> frozenset[int]:
        """Both weights have the same letters."""
        fonts = (font for font in self.fonts.values() if isinstance(font, TTFFont))
        first, *rest = (frozenset(font.cmap) for font in fonts)
        return first.intersection(*rest)

    def _measured(self, style: Style, text: str) -> float:
        key = (style.size, style.bold, text)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(text)
        return self._widths[key]
