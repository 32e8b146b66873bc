"""Where pages and ends stand in the drawing of a survey: pages down the left, ends down the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from surveys.definitions import SECTION, SurveyDef
from surveys.flow.dead import dead
from surveys.studio.canvas import SurveyCanvas

WIDTH, HEIGHT, GAP = 168, 44, 34
MARGIN, ARC, BETWEEN = 12, 22, 72


@dataclass(frozen=True)
class Box:
    """`kind` is "page" or that of an end; `number` the place of an end in its list."""

    key: str
    label: str
    kind: str
    x: int
    y: int
    dead: bool = False
    number: int = 0
    questions: int = 0

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def text_y(self) -> int:
        return self.y + HEIGHT // 2 + 5

    @property
    def side_y(self) -> int:
        return self.y + HEIGHT // 2


@dataclass(frozen=True)
class Arrow:
    """`kind`: "next", "jump", "end" or "quota"; `number` that of a jump or quota."""

    kind: str
    source: str
    target: str
    path: str
    when: str = ""
    number: int = 0

    @property
    def words(self) -> str:
        way = f"{self.source} → {self.target}"
        return _("%(way)s, if %(when)s") % {"way": way, "when": self.when} if self.when else way


@dataclass(frozen=True)
class Diagram:
    pages: list[Box]
    ends: list[Box]
    arrows: list[Arrow]
    width: int
    height: int
    #: Questions that nobody sees, by name.
    dead_questions: list[tuple[str, str]]
    box_width: int = WIDTH
    box_height: int = HEIGHT


def drawn(survey: SurveyDef, canvas: SurveyCanvas, snapshot: Snapshot) -> Diagram:
    gone = (
        {p.path[2:] for p in dead(survey, snapshot, (SECTION, survey.key))}
        if survey.steps
        else set()
    )
    names = canvas.page_names
    order = {page.key: n for n, page in enumerate(survey.steps)}
    furthest = max(
        (order[j.to] - order[j.after] for j in survey.jumps if j.to in order and j.after in order),
        default=0,
    )
    left = MARGIN + ARC * max(furthest, 0)
    right = left + WIDTH + BETWEEN
    pages = [
        Box(
            page.key,
            names[page.key],
            "page",
            left,
            _y(n),
            ("steps", page.key) in gone,
            questions=sum(1 for _item in page.items),
        )
        for n, page in enumerate(survey.steps)
    ]
    lower = max(len(pages) - len(survey.ends), 0)
    ends = [
        Box(e.key, names[e.key], e.kind, right, _y(n + lower), ("ends", e.key) in gone, number=n)
        for n, e in enumerate(survey.ends)
    ]
    rows = max(len(pages), len(ends) + lower, 1)
    questions = [
        (item.key, canvas.label_of(item))
        for page in survey.steps
        for item in page.items
        if ("items", item.key) in gone
    ]
    return Diagram(
        pages,
        ends,
        list(_arrows(survey, canvas, pages, ends)),
        right + WIDTH + MARGIN,
        _y(rows) - GAP + MARGIN,
        questions,
    )


def _y(n: int) -> int:
    return MARGIN + n * (HEIGHT + GAP)


def _arrows(
    survey: SurveyDef, canvas: SurveyCanvas, pages: list[Box], ends: list[Box]
) -> Iterator[Arrow]:
    by_key = {box.key: box for box in (*pages, *ends)}
    always = {j.after for j in survey.jumps if j.when is None}
    for before, after in pairwise(pages):
        if before.key not in always:
            yield _arrow("next", before, after)
    for n, jump in enumerate(survey.jumps):
        if jump.after in by_key and jump.to in by_key:
            found = _arrow("jump", by_key[jump.after], by_key[jump.to])
            yield replace(found, when=canvas.words(jump.when), number=n)
    if not pages:
        return
    last = pages[-1]
    for n, end in enumerate(survey.ends):
        if end.kind != "screened" and last.key not in always:
            yield replace(_arrow("end", last, ends[n]), when=canvas.words(end.when), number=n)
    screened = [end.key for end in survey.ends if end.kind == "screened"]
    for n, quota in enumerate(survey.quotas):
        to = quota.then or next(iter(screened), "")
        if to in by_key:
            said = _("%(count)s have answered so") % {"count": quota.most}
            yield replace(_arrow("quota", last, by_key[to]), when=said, number=n)


def _arrow(kind: str, source: Box, target: Box) -> Arrow:
    return Arrow(kind, source.label, target.label, _path(source, target))


def _path(source: Box, target: Box) -> str:
    if source.x < target.x:
        start, end = source.x + WIDTH, target.x - 4
        half = (start + end) // 2
        return f"M {start} {source.side_y} C {half} {source.side_y}, {half} {target.side_y}, {end} {target.side_y}"
    by = (target.y - source.y) // (HEIGHT + GAP)
    if by == 1:
        return f"M {source.middle} {source.y + HEIGHT} L {target.middle} {target.y - 4}"
    x = source.x - ARC * abs(by)
    return (
        f"M {source.x} {source.side_y + 8} C {x} {source.side_y + 20}, {x} {target.side_y - 20},"
        f" {target.x - 4} {target.side_y - 8}"
    )
