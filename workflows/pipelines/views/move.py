"""Moving one record: to where, and what has to be filled in on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from crm_config.definitions import FieldDef
from records.errors import NotVisible
from records.forms import asking, layouts, submit
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.forms.writable import may_write
from records.selectors.names import record_url
from records.selectors.past import values_at
from records.views.base import RecordScreen
from records.views.keeping import KeepsTyped
from workflows.pipelines.judging import no_way
from workflows.pipelines.live import has_stages, pipeline_with
from workflows.pipelines.machine import ways
from workflows.pipelines.obstacles import Obstacles, obstacles
from workflows.pipelines.parts import move_url
from workflows.pipelines.possible import Possible, asked_fields, possible

#: Who moves cards stays on the board.
BOARD = "board"


class MoveView(KeepsTyped, RecordScreen):
    """GET asks, POST moves. From a board the answer to a move is JSON: the page stays."""

    part_template = "workflows/pipelines/move.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("transition")
        self.insist(has_stages(self.record_type))
        form = self.form() if self.move else None
        clashes = self.go_on(form) if form else []
        return self.render_to_response(self.get_context_data(form=form, clashes=clashes))

    def may_type(self) -> None:
        if not self.record.may("transition") or self.move is None:
            raise NotVisible(self.record.id)

    def typed_forms(self, data: Any = None) -> list[RecordForm]:
        version = self.begun.base_version if self.begun else None
        return [self.form(data, version=version)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("transition")
        self.insist(has_stages(self.record_type))
        if self.move is None:
            return self.render_to_response(self.get_context_data(form=None), status=422)
        if request.POST.get("dragged") and layouts.find(self.wanted()) is not None:
            # What the form asks for was not asked yet: the dialog comes.
            return self.render_to_response(self.get_context_data(form=self.form()), status=422)
        form = self.form(request.POST, request.FILES)
        outcome = submit.change(
            form,
            self.record.id,
            base_version=self.base_version,
            access=self.access,
            more={"stage": self.move.stage.key},
        )
        if not outcome.ok:
            if (asked := asking.ask(form, outcome, self.access)) is not None:
                messages.success(request, _("Approval was asked for."))
                return self.leave(asked)
            return self.render_to_response(self.get_context_data(form=form), status=self._refused)
        return self.done(self.move)

    @property
    def _refused(self) -> int:
        """A script that moved a card must be able to tell; a dialog only shows what it gets."""
        return 422 if self.request.POST.get("dragged") else 200

    def done(self, move: Possible) -> HttpResponse:
        if self.from_board and "X-Part" in self.request.headers:
            return JsonResponse({"id": self.record.id, "stage": move.stage.key})
        message = _("“%(title)s” is in “%(stage)s” now.")
        said = {"title": self.record.title, "stage": move.stage.label}
        messages.success(self.request, message % said)
        return self.leave(record_url(self.record.id))

    @property
    def from_board(self) -> bool:
        return self.request.GET.get("from") == BOARD

    @cached_property
    def moves(self) -> list[Possible]:
        return possible(self.record)

    @cached_property
    def move(self) -> Possible | None:
        wanted = self.request.POST.get("stage") or self.request.GET.get("stage", "")
        return next((each for each in self.moves if each.stage.key == wanted), None)

    @cached_property
    def against(self) -> Mapping[str, Obstacles]:
        """As the record is now; what is filled in on the way may change it."""
        asked = [self.move] if self.move else self.moves
        return obstacles(self.record, asked, channel=submit.CHANNEL)

    @cached_property
    def base_version(self) -> int:
        given = self.request.POST.get("base_version", "")
        return int(given) if given.isascii() and given.isdigit() else self.record.version

    def form(
        self, data: Any = None, files: Any = None, *, version: int | None = None
    ) -> RecordForm:
        """What is asked for on the way, as far as one may fill it in. With a card that was dragged nothing was
        filled in: what the record has, it keeps."""
        dragged = data is not None and data.get("dragged")
        fields = asked_fields(self.record, self.move) if self.move and not dragged else []
        asked = [f for f in fields if may_write(self.record, f)]
        return layouts.record_form(
            self.wanted(asked),
            data,
            files,
            fields=asked,
            values=values_at(self.record, version or self.base_version),
            choices=Choices(self.access, self.record.names),
            files_of=self.record,
            in_dialog=True,
        )

    def wanted(self, asked: Sequence[FieldDef] = ()) -> layouts.Wanted:
        return layouts.Wanted(
            layouts.TRANSITION,
            self.record_type,
            self.access,
            self.record,
            to=self.move.stage.key if self.move else "",
            query=self.request.GET.dict(),
            asked=asked,
        )

    def why_not(self) -> str:
        """Of a stage that was asked for and that one cannot move to."""
        wanted = self.request.POST.get("stage") or self.request.GET.get("stage", "")
        now = self.record.record.stage
        pipeline = pipeline_with(self.access.snapshot, self.record_type.key, now)
        if not wanted or pipeline is None or wanted not in pipeline.by_key:
            return ""
        here, there = pipeline.by_key[now or ""], pipeline.by_key[wanted]
        if here is there:
            return _("It is in “%(stage)s” already.") % {"stage": here.label}
        found = ways(pipeline, here.key, there.key)
        if isinstance(found, str):
            return str(no_way(found, here, there).message)
        return _("The move to “%(stage)s” is for others to make.") % {"stage": there.label}

    def _why(self, move: Possible) -> tuple[str, ...]:
        found = self.against.get(move.stage.key)
        return found.why if found else ()

    def get_page_title(self) -> str:
        return _("Change stage")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, query = kwargs["form"], f"&from={BOARD}" if self.from_board else ""
        moves = [
            (each, move_url(self.record.id, each.stage.key) + query, self._why(each))
            for each in self.moves
        ]
        action = reverse("pipelines:move", args=[self.record.id])
        stage = self.move.stage.key if self.move else ""
        return super().get_context_data(
            move=self.move,
            moves=moves,
            why_not="" if self.move else self.why_not(),
            against=self._why(self.move) if self.move and not (form and form.is_bound) else (),
            action=f"{action}?stage={stage}{query}",
            base_version=self.base_version,
            media=form.media if form else None,
            **kwargs,
        )
