"""Adding a filter to a list, or changing one: choose a field, then say what it has to be."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from records.errors import NotVisible
from records.forms.filter import FilterForm, Target, targets
from records.segments.rights import usable
from records.views.base import TypeScreen
from records.views.lists import StateMixin


class FilterView(StateMixin, TypeScreen):
    """The list's state stands in the address; `at` is the place of the filter that is changed."""

    part_template = "records/list/filter.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target is None:
            offered = self.get_context_data(targets=self.targets, segments=self.segments())
            return self.render_to_response(offered)
        form = self.form(op=request.GET.get("op", ""))
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target is None:
            raise NotVisible(request.GET.get("field"))
        form = self.form(request.POST)
        if form.is_valid():
            return self.leave(self.state.with_part(form.part, at=self.at).url(self.record_type))
        return self.render_to_response(self.get_context_data(form=form))

    def form(self, data: Any = None, op: str = "") -> FilterForm:
        target = self.target
        if target is None:
            raise NotVisible(self.record_type.key)
        return FilterForm(
            data,
            target=target,
            record_type=self.record_type,
            access=self.access,
            part=self.part,
            op=op,
        )

    @cached_property
    def at(self) -> int | None:
        given = self.request.GET.get("at", "")
        return int(given) if given.isascii() and given.isdigit() else None

    @cached_property
    def part(self) -> dict[str, Any] | None:
        """The filter that is changed, where it is one that the form can show."""
        parts = self.state.parts
        if self.at is None or self.at >= len(parts):
            return None
        part = parts[self.at]
        return part if isinstance(part, dict) and isinstance(part.get("field"), str) else None

    @cached_property
    def targets(self) -> list[Target]:
        return targets(self.record_type, access=self.access)

    def segments(self) -> list[dict[str, str]]:
        """The list limited to each of them, with what it is filtered by already."""
        return [
            {
                "label": s.label,
                "url": self.state.with_part({"segment": s.key}, at=self.at).url(self.record_type),
            }
            for s in usable(self.access, self.record_type)
        ]

    @cached_property
    def target(self) -> Target | None:
        path = self.request.GET.get("field") or (self.part or {}).get("field")
        return next((t for t in self.targets if t.path == path), None)

    def get_page_title(self) -> str:
        return self.target.label if self.target else _("Filter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = {} if self.at is None else {"at": str(self.at)}
        return super().get_context_data(
            target=self.target,
            base_url=self.state.url(self.record_type, "filter", **place),
            list_url=self.state.url(self.record_type),
            state=self.state,
            at=self.at,
            **kwargs,
        )
