"""Repeating an activity, being reminded of it, and what one is told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from records.errors import NotVisible
from records.selectors.names import record_url
from records.views.base import RecordScreen, ScreenMixin
from workflows.models import TodoSettings
from workflows.todo import reminding, repeating
from workflows.todo.parts import is_open
from workflows.todo.rule_words import words
from workflows.todo.sources.activities import moment_of
from workflows.todo.timing_forms import RemindForm, RepeatForm, SettingsForm


class _Dialog(RecordScreen):
    part_template = "workflows/todo/dialog.html"
    view_name = ""
    submit_label: Any = gettext_lazy("Save")

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def save(self, form: Any) -> str:
        """What is said afterwards."""
        raise NotImplementedError

    def may(self) -> bool:
        return not self.access.read_only

    def ready(self) -> None:
        if not is_open(self.record):
            raise NotVisible(self.record.id)
        self.insist(self.may())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.ready()
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.ready()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, self.save(form))
        return self.leave(record_url(self.record.id))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action=reverse(self.view_name, args=[self.record.id]),
            title=self.get_page_title(),
            submit=self.submit_label,
            media=kwargs["form"].media,
            **kwargs,
        )


class RepeatView(_Dialog):
    view_name = "todo:repeat"
    page_title = gettext_lazy("Repeat")

    def may(self) -> bool:
        return repeating.may_repeat(self.record)

    def form(self, data: Any = None) -> RepeatForm:
        moment = moment_of(self.record) or self.access.now
        first = moment.astimezone(self.access.tz).date()
        return RepeatForm(data, first=first, rule=repeating.rule_of(self.record.id))

    def save(self, form: RepeatForm) -> str:
        rule = form.rule()
        repeating.repeat(self.record, rule, access=self.access)
        if rule is None:
            return _("“%(title)s” does not come again.") % {"title": self.record.title}
        told = {"title": self.record.title, "rule": words(rule)}
        return _("“%(title)s” comes again %(rule)s.") % told


class RemindView(_Dialog):
    view_name = "todo:remind"
    page_title = gettext_lazy("Remind me")

    def form(self, data: Any = None) -> RemindForm:
        held = reminding.of(self.record.id, access=self.access)
        return RemindForm(data, initial={"minutes": held.minutes if held else 30})

    def save(self, form: RemindForm) -> str:
        row = reminding.remind(self.record, form.cleaned_data["minutes"], access=self.access)
        if row is None:
            return _("You are not reminded.")
        if row.at is None:
            return _("You are reminded once it has a time.")
        return _("You are reminded.")


class SettingsView(ScreenMixin, TemplateView):
    """One's own, and nobody else's."""

    template_name = "workflows/todo/settings.html"
    page_title = gettext_lazy("Reminders and mails")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("To do"), "url": reverse("todo:index")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]

    def form(self, data: Any = None) -> SettingsForm:
        held = TodoSettings.objects.filter(user=self.access.user_id).first()
        fresh = TodoSettings(user=self.access.user) if self.access.user else TodoSettings()
        return SettingsForm(data, instance=held or fresh)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(not self.access.read_only and self.access.user is not None)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        form.save()
        messages.success(request, _("Your wishes were saved."))
        return HttpResponseRedirect(reverse("todo:settings"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.form()
        has_mail = bool(self.access.user and self.access.user.email)
        return super().get_context_data(form=form, media=form.media, has_mail=has_mail, **kwargs)
