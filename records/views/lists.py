"""The list of one type's records."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button, HeaderButton

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import FieldDef
from crm_config.labels import text
from crm_config.segments import SegmentDef
from records.forms.filter import targets
from records.imports.rights import may_import
from records.models import SavedView
from records.panels.list_actions import offered
from records.panels.list_modes import ways
from records.saved_views import opens_first, views_of_type
from records.segments.columns import usual_columns
from records.segments.rights import kept, usable
from records.selectors import Page, count, page
from records.selectors.filter_words import Part, said
from records.selectors.lists import COUNT_CAP, PAGE_SIZE, Count, sorted_by
from records.selectors.sorting import BadCursor, CannotSort
from records.views.base import Crumbs, TypeMixin, TypeScreen, new_url, segment_url
from records.views.cells import rows_of
from records.views.state import ListState, view_url

#: What was typed or clicked, as against only which saved view is meant.
STATEFUL = frozenset({"where", "segment", "q", "sort", "columns", "cursor", "archived"})

#: How many segments the list's own menu names; all of them stand on their page.
OFFERED_SEGMENTS = 12

#: A nested part says the rest where it is opened, and on hovering.
LONGEST_CHIP = 80


@dataclass(frozen=True)
class Heading:
    """`direction` is `up` or `down` where the list is sorted by it."""

    field: FieldDef
    url: str = ""
    direction: str = ""

    @property
    def aria_sort(self) -> str:
        return {"up": "ascending", "down": "descending"}.get(self.direction, "")


@dataclass(frozen=True)
class Chip:
    """One part of the filter. `wide`: it is changed in the builder, which takes more room."""

    words: str
    problem: str
    edit_url: str
    remove_url: str
    #: Of a segment: the way to its own page, rather than to a form.
    segment: str = ""
    wide: bool = False

    @property
    def short(self) -> str:
        return Truncator(self.words).chars(LONGEST_CHIP)


class StateMixin(TypeMixin):
    """The list that an address means: given in it, or kept in the saved view that it names."""

    @cached_property
    def saved_views(self) -> list[SavedView]:
        return views_of_type(self.record_type, access=self.access)

    @cached_property
    def saved_view(self) -> SavedView | None:
        return next((v for v in self.saved_views if str(v.pk) == self._asked.view), None)

    @cached_property
    def _asked(self) -> ListState:
        return ListState.read(self.request.GET)

    @cached_property
    def state(self) -> ListState:
        if STATEFUL.isdisjoint(self.request.GET) and self.saved_view is not None:
            return self.as_saved(self.saved_view)
        return self._asked

    def as_saved(self, view: SavedView) -> ListState:
        """Of another's, what is there for who looks at it."""
        kept = ListState.saved(view.query, view=view.pk)
        if view.owner_id == self.access.user_id:
            return kept
        return kept.borrowed(self.record_type, self.access)

    @cached_property
    def usual_columns(self) -> tuple[str, ...]:
        """What is shown where nobody chose: what the segment says, or else the type."""
        return usual_columns(self.state.segments, self.record_type, access=self.access)


class ListView(StateMixin, TypeScreen):
    template_name = "records/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.GET and (first := opens_first(self.saved_views, access=self.access)):
            return HttpResponseRedirect(view_url(self.record_type, first.pk))
        try:
            self.page, self.problem = self._page(self.state), ""
        except BadCursor:
            return HttpResponseRedirect(self.state.but().url(self.record_type))
        except CannotSort as error:
            self.page, self.problem = self._filtered(self.state.but(sort=""), str(error))
        except ConditionInvalid:
            self.page, self.problem = self._nothing()
        return super().get(request, *args, **kwargs)

    def _filtered(self, state: ListState, problem: str) -> tuple[Page, str]:
        try:
            return self._page(state), problem
        except ConditionInvalid:
            return self._nothing()

    def _nothing(self) -> tuple[Page, str]:
        columns = self.access.shown(self.record_type, self.record_type.columns)
        return Page([], columns), _(
            "A part of this filter is not there any more, or not available to you: take the marked "
            "parts away, or clear the filter."
        )

    def _page(self, state: ListState) -> Page:
        query = state.query(self.record_type, usual=self.usual_columns)
        return page(query, access=self.access, cursor=state.cursor, size=PAGE_SIZE)

    def get_page_title(self) -> str:
        return self.record_type.plural_label

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_header_buttons(self) -> list[Component]:
        buttons = super().get_header_buttons()
        if not self.access.may("create", self.record_type):
            return buttons
        return [
            HeaderButton(label=_("New"), url=new_url(self.record_type), icon_name="plus"),
            *buttons,
        ]

    def get_header_more_buttons(self) -> list[Button]:
        other = self.state.but(archived=not self.state.archived, view="")
        label = _("Those in use") if self.state.archived else _("Archived ones")
        more = [Button(label, url=other.url(self.record_type), icon_name="folder", priority=20)]
        if self.access.may("export", self.record_type):
            more.append(
                Button(
                    _("Export"),
                    url=self.state.but().url(self.record_type, "export"),
                    icon_name="download",
                    attrs={"data-dialog": True},
                    priority=10,
                )
            )
        explain = reverse("records:explain_type", args=[self.record_type.key])
        dialog = {"data-dialog": True}
        more.append(Button(_("Explain"), url=explain, icon_name="help", attrs=dialog, priority=30))
        if may_import(self.access, self.record_type):
            url = f"{reverse('imports:new')}?type={self.record_type.key}"
            more.append(Button(_("Import"), url=url, icon_name="upload", priority=15))
        return more

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.count()
        return super().get_context_data(
            state=self.state,
            page=self.page,
            problem=self.problem,
            rows=rows_of(self.page.rows, self.page.columns),
            headings=self.headings(),
            chips=self.chips(),
            count=found,
            ways=ways(self.record_type, self.state, self.access),
            count_text=count_text(found),
            saved_views=self.saved_views,
            saved_view=self.saved_view,
            segments=self.segments[:OFFERED_SEGMENTS],
            segment=self.segment,
            view_changed=self.view_changed,
            urls=self.urls(),
            by_age=self.by_age,
            type_description=text(self.record_type.description),
            narrowed=bool(self.state.parts or self.state.search),
            may_create=self.access.may("create", self.record_type),
            bulk=self.bulk_actions(),
            more_bulk=[] if self.state.archived else offered(self.record_type, self.access),
            **kwargs,
        )

    @cached_property
    def segments(self) -> list[SegmentDef]:
        """Those of the type that may be used."""
        return usable(self.access, self.record_type)

    @property
    def segment(self) -> SegmentDef | None:
        """The segment that the list is limited to, where it is one."""
        keys = self.state.segments
        found = [s for s in self.segments if s.key in keys]
        return found[0] if len(found) == 1 else None

    @property
    def by_age(self) -> bool:
        """Whether the next page holds what is older."""
        key = sorted_by(self.state.query(self.record_type), self.access)
        f = self.record_type.all_fields.get(key.removeprefix("-"))
        return key == "-id" or (key[0] == "-" and f is not None and f.type.group == "time")

    @property
    def view_changed(self) -> bool:
        if self.saved_view is None:
            return bool(self.state.to_save())
        return not self.state.same_list(self.as_saved(self.saved_view))

    def urls(self) -> dict[str, str]:
        state, record_type = self.state, self.record_type
        first = state.but()
        return {
            "list": ListState().url(record_type),
            "all": view_url(record_type, "all"),
            "new": new_url(record_type),
            "clear": state.but(where=None, search="").url(record_type),
            "usable": state.without(self.unusable).url(record_type),
            "segments": reverse("records:segments", args=[record_type.key]),
            "filter": first.url(record_type, "filter"),
            "advanced_filter": first.url(record_type, "advanced_filter"),
            "columns": first.url(record_type, "columns"),
            "count": first.url(record_type, "count"),
            "save_view": first.url(record_type, "save_view"),
            "next": state.but(cursor=self.page.next).url(record_type) if self.page.next else "",
            "previous": state.but(cursor=self.page.previous).url(record_type)
            if self.page.previous
            else "",
        }

    @cached_property
    def parts(self) -> list[Part]:
        names = self.page.rows[0].names if self.page.rows else None
        return said(self.state.parts, self.record_type, access=self.access, known=names)

    @property
    def unusable(self) -> set[int]:
        """The places of the filter's parts that are not there for this person."""
        return {at for at, part in enumerate(self.parts) if part.problem}

    def chips(self) -> list[Chip]:
        state, record_type = self.state, self.record_type
        return [
            Chip(
                part.words,
                part.problem,
                segment_url(record_type, part.segment) if part.segment else self._edit_url(at),
                state.without_part(at).url(record_type),
                part.segment,
                wide=not self._is_simple(at),
            )
            for at, part in enumerate(self.parts)
        ]

    def _edit_url(self, at: int) -> str:
        if self._is_simple(at):
            return self.state.but().url(self.record_type, "filter", at=str(at))
        return self.state.but().url(self.record_type, "advanced_filter")

    def _is_simple(self, at: int) -> bool:
        """Whether the dialog for one field can show a part."""
        return is_simple(self.state.parts[at], self.targets)

    @cached_property
    def targets(self) -> frozenset[str]:
        return frozenset(t.path for t in targets(self.record_type, access=self.access))

    def headings(self) -> list[Heading]:
        """The title's first, wherever the columns have it."""
        title = self.access.shown(self.record_type, ["title"]) or [self.record_type.system["title"]]
        others = [f for f in self.page.columns if f.key != "title"]
        return [self._heading(f) for f in (*title, *others)]

    def _heading(self, f: FieldDef) -> Heading:
        if not sortable(f) or f.key not in self.access.readable_everywhere(self.record_type):
            return Heading(f)
        current = sorted_by(self.state.query(self.record_type), self.access)
        direction = {f.key: "up", f"-{f.key}": "down"}.get(current, "")
        wanted = f"-{f.key}" if direction == "up" else f.key
        return Heading(f, self.state.but(sort=wanted).url(self.record_type), direction)

    def count(self) -> Count | None:
        """Asked of the database only where the page does not hold them all."""
        if not (self.page.next or self.page.previous):
            return Count(len(self.page.rows), capped=False)
        return count(self.state.query(self.record_type), access=self.access)

    def bulk_actions(self) -> dict[str, bool]:
        may = self.access.may
        return {
            "edit": may("change", self.record_type) and not self.state.archived,
            "archive": may("delete", self.record_type) and not self.state.archived,
            "restore": may("delete", self.record_type) and self.state.archived,
            "export": may("export", self.record_type),
            "segment": bool(kept(self.access, self.record_type)),
        }


def is_simple(part: Any, paths: Container[str]) -> bool:
    """A field and an operator, and no other field to compare with."""
    if not isinstance(part, dict) or not set(part) <= {"field", "op", "value"}:
        return False
    value = part.get("value")
    fields = isinstance(value, dict) and "field" in value
    return not fields and isinstance(part.get("field"), str) and part["field"] in paths


def sortable(f: FieldDef) -> bool:
    return f.sortable and f.type.can_sort and f.type.storage not in ("links", "long_data")


def count_text(found: Count | None) -> str:
    if found is None:
        return ""
    if found.capped:
        return _("%(number)s+") % {"number": intcomma(COUNT_CAP)}
    return ngettext("%(number)s record", "%(number)s records", found.number) % {
        "number": intcomma(found.number)
    }


class CountView(StateMixin, View):
    """How many exactly: asked for, because it can take long."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            found = count(self.state.query(self.record_type), access=self.access, exactly=True)
        except ConditionInvalid:
            return HttpResponse(status=400)
        return HttpResponse(count_text(found), content_type="text/plain; charset=utf-8")
