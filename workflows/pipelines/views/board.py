"""The board of a type: its records by stage, to be moved by dragging, by menu or by keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import HeaderButton

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from records.access import Access
from records.errors import NotVisible
from records.panels.list_modes import ways
from records.selectors import RecordView
from records.selectors.sorting import BadCursor
from records.views.base import TypeScreen, new_url
from records.views.lists import StateMixin
from records.views.state import ListState
from workflows.pipelines.boards import Board, Column, board, cards
from workflows.pipelines.definitions import PipelineDef, StageDef
from workflows.pipelines.live import pipelines_of
from workflows.pipelines.parts import is_stale, move_url, spent_words
from workflows.pipelines.views.move import BOARD

#: The day by which deals are expected to end.
CLOSE = "expected_close"


def address(record_type: TypeDef, state: ListState, access: Access) -> str:
    """For the switch of a list; nothing for types without a pipeline, and for those who may not read the stage."""
    if not pipelines_of(access.snapshot, record_type.key):
        return ""
    if "stage" not in access.readable_everywhere(record_type):
        return ""
    return state.but(sort="", columns=()).url_of(reverse("pipelines:board", args=[record_type.key]))


@dataclass(frozen=True)
class Card:
    record: RecordView
    stage: StageDef
    may_move: bool

    @property
    def amount(self) -> str:
        known = "amount" in self.record.type.all_fields and "amount" in self.record.readable
        return self.record.display("amount") if known else ""

    @property
    def owner(self) -> str:
        return self.record.display("owner") if "owner" in self.record.readable else ""

    @property
    def age(self) -> str:
        since = self.record.record.stage_entered_at
        return spent_words(timezone.now() - since) if since else ""

    @property
    def stale(self) -> bool:
        return is_stale(self.stage, self.record.record.stage_entered_at, timezone.now())

    @property
    def overdue(self) -> bool:
        """It was expected to end by now."""
        if self.stage.ended or CLOSE not in self.record.readable:
            return False
        close = self.record.value(CLOSE)
        today = self.record.access.now.astimezone(self.record.access.tz).date()
        return isinstance(close, date) and close < today

    @property
    def move_url(self) -> str:
        return f"{move_url(self.record.id)}?from={BOARD}"


@dataclass(frozen=True)
class Lane:
    """A column as it is shown."""

    column: Column
    cards: list[Card]
    more_url: str = ""


class PipelineMixin(StateMixin):
    @cached_property
    def pipelines(self) -> tuple[PipelineDef, ...]:
        found = pipelines_of(self.access.snapshot, self.record_type.key)
        if not found or "stage" not in self.access.readable_everywhere(self.record_type):
            raise NotVisible(self.record_type.key)
        return found

    @cached_property
    def pipeline(self) -> PipelineDef:
        wanted = self.request.GET.get("pipeline", "")
        return next((p for p in self.pipelines if p.key == wanted), self.pipelines[0])

    @property
    def query_state(self) -> ListState:
        """The list's own filter and search; the board has its own order and cards."""
        return self.state.but(sort="", columns=(), archived=False)

    def lane(self, column: Column) -> Lane:
        moving = self.access.may("transition", self.record_type)
        shown = [Card(r, column.stage, moving and r.may("transition")) for r in column.cards]
        return Lane(column, shown, self._more(column) if column.more else "")

    def _more(self, column: Column) -> str:
        place = reverse("pipelines:column", args=[self.record_type.key, column.stage.key])
        return self.query_state.but(cursor=column.more).url_of(place)


class BoardView(PipelineMixin, TypeScreen):
    template_name = "workflows/pipelines/board.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = self.query_state.query(self.record_type)
        try:
            self.board, self.problem = board(query, self.pipeline, access=self.access), ""
        except ConditionInvalid:
            self.board = Board(self.pipeline, [Column(s) for s in self.pipeline.active])
            self.problem = _(
                "A part of this filter is not there any more, or not available to you."
            )
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.record_type.plural_label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_header_buttons(self) -> list[Component]:
        buttons = super().get_header_buttons()
        if not self.access.may("create", self.record_type):
            return buttons
        new = HeaderButton(label=_("New"), url=new_url(self.record_type), icon_name="plus")
        return [new, *buttons]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.query_state
        place = reverse("pipelines:board", args=[self.record_type.key])
        return super().get_context_data(
            board=self.board,
            lanes=[self.lane(column) for column in self.board.columns],
            problem=self.problem,
            pipelines=[(p, f"{place}?pipeline={p.key}") for p in self.pipelines],
            pipeline=self.pipeline,
            ways=ways(self.record_type, state, self.access, current=BOARD),
            narrowed=bool(state.parts or state.search),
            list_url=state.url(self.record_type),
            clear_url=place,
            state=state,
            **kwargs,
        )


class ColumnView(PipelineMixin, TypeScreen):
    """More cards of one stage."""

    part_template = "workflows/pipelines/cards.html"

    @cached_property
    def stage(self) -> StageDef:
        key = self.kwargs["stage"]
        found = next((p.by_key[key] for p in self.pipelines if key in p.by_key), None)
        if found is None:
            raise NotVisible(key)
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = self.query_state.query(self.record_type)
        try:
            found = cards(
                query, self.stage.key, access=self.access, cursor=request.GET.get("cursor", "")
            )
        except (BadCursor, ConditionInvalid):
            return HttpResponseRedirect(reverse("pipelines:board", args=[self.record_type.key]))
        column = Column(self.stage, cards=found.rows, more=found.next)
        return self.render_to_response(self.get_context_data(lane=self.lane(column)))

    def get_page_title(self) -> str:
        return self.stage.label
