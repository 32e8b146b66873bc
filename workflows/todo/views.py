"""The list of what there is to do, being done with something, putting it off, and adding by a line."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from crm_config.models import User
from records.errors import NotVisible
from records.forms import layouts
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.selectors.names import record_url
from records.selectors.past import values_at
from records.selectors.recent import visible_in_order
from records.views.base import RecordMixin, RecordScreen, RecordsMixin, ScreenMixin
from records.views.keeping import KeepsTyped
from workflows.models import CalendarFeed
from workflows.todo import calendar as calendars
from workflows.todo import feed, origins, snoozing
from workflows.todo.closing import asked_fields, close, next_types
from workflows.todo.day import day
from workflows.todo.forms import NextStepForm, OriginForm
from workflows.todo.oneline import read
from workflows.todo.repeating import day_of, next_of
from workflows.todo.shown import shown
from workflows.todo.sources.activities import may_close, moment_of
from workflows.todo.team import members

AHEAD = 13


class TodoView(ScreenMixin, TemplateView):
    """Today and the two weeks ahead; for leads, those of their people too."""

    template_name = "workflows/todo/todo.html"
    page_title = gettext_lazy("To do")
    header_icon = "list-check"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    @cached_property
    def people(self) -> list[User]:
        return members(self.access)

    @cached_property
    def whose(self) -> User | None:
        """Somebody else, if they are among one's own people."""
        asked = self.request.GET.get("person", "")
        return next((user for user in self.people if str(user.pk) == asked), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = day(self.access, user=self.whose.pk if self.whose else None, ahead=AHEAD)
        return super().get_context_data(
            day=shown(found, self.access),
            people=self.people,
            whose=self.whose,
            may_add=bool(next_types(self.access)),
            add_url=reverse("todo:add"),
            **kwargs,
        )


class CalendarView(ScreenMixin, TemplateView):
    """A day, a week or a month of one's own, or of one of one's people."""

    template_name = "workflows/todo/calendar.html"
    page_title = gettext_lazy("Calendar")
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("To do"), "url": reverse("todo:index")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        today = self.access.now.astimezone(self.access.tz).date()
        view = asked.get("view", "") if asked.get("view") in calendars.VIEWS else "week"
        day = parse_date_or(asked.get("day", ""), today)
        people = members(self.access)
        whose = next((user for user in people if str(user.pk) == asked.get("person")), None)
        shown_span = calendars.span(view, day)
        owner = whose.pk if whose else self.access.user_id or 0
        found = calendars.entries(self.access, owner, shown_span.first, shown_span.last)
        return super().get_context_data(
            span=shown_span,
            view=view,
            views=[("day", _("Day")), ("week", _("Week")), ("month", _("Month"))],
            days=[(each, found.get(each, [])) for each in shown_span.days],
            month=day.month if view == "month" else None,
            day=day,
            today=today,
            people=people,
            whose=whose,
            person=whose.pk if whose else "",
            **kwargs,
        )


def parse_date_or(text: str, other: date) -> date:
    try:
        return parse_date(text) or other
    except ValueError:
        return other


class FeedView(ScreenMixin, TemplateView):
    """The secret address for calendar programs: made, made anew, taken back."""

    template_name = "workflows/todo/feed.html"
    page_title = gettext_lazy("Calendar feed")
    header_icon = "link"
    #: Shown once, to who asked for it.
    address = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("To do"), "url": reverse("todo:index")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(not self.access.read_only and self.access.user is not None)
        user = cast(User, request.user)
        if request.POST.get("act") == "withdraw":
            feed.withdraw(user)
            messages.success(request, _("The address opens nothing any more."))
            return HttpResponseRedirect(reverse("todo:feed"))
        secret = feed.renew(user)
        self.address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = CalendarFeed.objects.filter(user=self.access.user_id).first()
        return super().get_context_data(feed=made, address=self.address, **kwargs)


class DoneView(KeepsTyped, RecordScreen):
    """GET asks what came of it and what is next, POST writes both."""

    part_template = "workflows/todo/done.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(may_close(self.record))
        form, step, more = self.typed_forms()
        self.go_on(form, step, more)
        return self.render_to_response(self.get_context_data(form=form, step=step, more=more))

    def may_type(self) -> None:
        if not may_close(self.record):
            raise NotVisible(self.record.id)

    def typed_forms(self, data: Any = None) -> tuple[RecordForm, NextStepForm, OriginForm]:
        return self.form(data), self.step(data), self.more(data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(may_close(self.record))
        form, step = self.form(request.POST, request.FILES), self.step(request.POST)
        more = self.more(request.POST)
        if form.is_valid() and step.is_valid() and more.is_valid():
            version = request.POST.get("base_version", "")
            outcomes = close(
                self.record,
                form,
                step.step(),
                access=self.access,
                base_version=int(version) if version.isascii() and version.isdigit() else None,
            )
            if all(outcome.ok for outcome in outcomes):
                self.tell(more.words())
                return self.leave(self.back)
            for refusal in (r for outcome in outcomes[1:] for r in outcome.refusals):
                step.add_error("next_subject", str(refusal.message))
        return self.render_to_response(self.get_context_data(form=form, step=step, more=more))

    def tell(self, said: str) -> None:
        """And what became of what it comes from, with the way to what is still to be said of that."""
        words = self.told()
        if self.origin is None:
            messages.success(self.request, words)
            return
        after = origins.after(self.origin, self.record.id, said, access=self.access)
        ways = [messages.button(after.url, after.ask)] if after.url else None
        messages.success(self.request, f"{words} {after.words}", buttons=ways)

    def told(self) -> str:
        said = _("“%(title)s” is done.") % {"title": self.record.title}
        following = next_of(self.record.id)
        for view in visible_in_order([following] if following else [], access=self.access):
            if (when := moment_of(view)) is not None:
                said += " " + _("The next one is on %(day)s.") % {"day": day_of(when, self.access)}
        return said

    @property
    def back(self) -> str:
        """To where it was asked from: the list, the first page, or the record."""
        places = {
            "home": reverse("wagtailadmin_home"),
            "list": reverse("todo:index"),
        }
        if self.origin is not None:
            places["origin"] = self.origin.url
        return places.get(self.request.GET.get("from", ""), record_url(self.record.id))

    @cached_property
    def origin(self) -> origins.Origin | None:
        return origins.origins([self.record.id], access=self.access).get(self.record.id)

    def form(self, data: Any = None, files: Any = None) -> RecordForm:
        return layouts.record_form(
            layouts.Wanted(
                layouts.OUTCOME,
                self.record_type,
                self.access,
                self.record,
                query=self.request.GET.dict(),
            ),
            data,
            files,
            fields=asked_fields(self.record),
            values=values_at(self.record, self.record.version),
            choices=Choices(self.access, self.record.names),
            files_of=self.record,
            in_dialog=True,
        )

    def step(self, data: Any = None) -> NextStepForm:
        types = next_types(self.access)
        return NextStepForm(data, types=types, kind=self.record_type.key)

    def more(self, data: Any = None) -> OriginForm:
        return OriginForm(data, origin=self.origin)

    def get_page_title(self) -> str:
        return pgettext("task", "Done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = urlencode({"from": self.request.GET.get("from", "")})
        action = f"{reverse('todo:done', args=[self.record.id])}?{query}"
        media = kwargs["form"].media + kwargs["step"].media
        return super().get_context_data(action=action, media=media, origin=self.origin, **kwargs)


class SnoozeView(RecordMixin, View):
    """One's own list only: nothing of the record changes."""

    http_method_names = ["post"]
    keys = ("title",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(not self.access.read_only)
        try:
            snoozing.snooze(self.record.id, request.POST.get("length", ""), access=self.access)
        except KeyError as error:
            raise NotVisible(self.record.id) from error
        messages.success(request, _("“%(title)s” is put off.") % {"title": self.record.title})
        place = "todo:index" if request.GET.get("from") == "list" else "wagtailadmin_home"
        return HttpResponseRedirect(reverse(place))


class AddView(RecordsMixin, View):
    """A line becomes a new record's form, filled in as far as it was understood."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        types = {t.key: t for t in next_types(self.access)}
        self.insist(bool(types))
        kinds = {t.label: t.key for t in types.values()}
        line = read(request.GET.get("line", ""), kinds, now=self.access.now, tz=self.access.tz)
        chosen = types.get(line.kind) or self._usual(list(types.values()))
        given = {"subject": line.subject}
        moment = "due" if "starts" not in chosen.fields or line.kind == "" else "starts"
        if line.at is not None:
            given[moment if moment in chosen.fields else "starts"] = line.at.isoformat()
        url = f"{reverse('records:new', args=[chosen.key])}?{urlencode(given)}"
        return HttpResponseRedirect(url)

    def _usual(self, types: list[Any]) -> Any:
        """What has a time to be done by before a time to happen: a task, rather than a meeting."""

        def place(record_type: Any) -> tuple[bool, int]:
            keys = list(record_type.fields)
            due = keys.index("due") if "due" in keys else len(keys)
            starts = keys.index("starts") if "starts" in keys else len(keys)
            return due > starts, types.index(record_type)

        return min(types, key=place)
