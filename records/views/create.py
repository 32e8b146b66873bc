"""A new record, on a page of its own or from within a chooser."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from records.errors import NotVisible
from records.forms import asking, layouts, submit, writable
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.gate import Outcome
from records.selectors import RecordView, get
from records.selectors.names import record_url
from records.views.base import TypeScreen, list_url, new_url
from records.views.form_page import form_sections, people_lines
from records.views.keeping import KeepsTyped

REFUSED = gettext_lazy("Not saved yet: see what is marked below.")


class CreateView(KeepsTyped, TypeScreen):
    template_name = "records/form.html"
    in_dialog = False
    use = layouts.CREATE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(self.access.may("create", self.record_type))
        form = self.form()
        self.go_on(form)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(self.access.may("create", self.record_type))
        form = self.form(request.POST, request.FILES)
        outcome = submit.create(form, self.record_type.key, access=self.access)
        if outcome.ok:
            return self.done(outcome)
        if (asked := asking.ask(form, outcome, self.access)) is not None:
            messages.success(request, _("Approval was asked for."))
            return self.leave(asked)
        messages.error(request, REFUSED)
        return self.render_to_response(self.get_context_data(form=form))

    def may_type(self) -> None:
        if not self.access.may("create", self.record_type):
            raise NotVisible(self.record_type.key)

    def typed_forms(self, data: Any = None) -> list[RecordForm]:
        return [self.form(data)]

    def done(self, outcome: Outcome) -> HttpResponse:
        messages.success(self.request, _("%(type)s created.") % {"type": self.record_type.label})
        if "another" in self.request.POST:
            return self.leave(new_url(self.record_type))
        return self.leave(self.after(outcome))

    def after(self, outcome: Outcome) -> str:
        """Where to go: the new record, unless its maker may not see what they made."""
        made = self.made(outcome)
        return record_url(made.id) if made else list_url(self.record_type)

    def made(self, outcome: Outcome) -> RecordView | None:
        try:
            return get(outcome.id or 0, access=self.access, keys=["title"])
        except NotVisible:
            return None

    def form(self, data: Any = None, files: Any = None) -> RecordForm:
        return layouts.record_form(
            layouts.Wanted(self.use, self.record_type, self.access, query=self.request.GET.dict()),
            data,
            files,
            fields=self.fields,
            values=self.beginning,
            choices=Choices(self.access),
            in_dialog=self.in_dialog,
        )

    @cached_property
    def fields(self) -> list[FieldDef]:
        return writable.of_new(self.record_type, self.access)

    @cached_property
    def beginning(self) -> dict[str, Any]:
        """Defaults, and what the address says: related lists and choosers hand something along."""
        return {**writable.defaults(self.record_type, self.access), **self._handed()}

    def _handed(self) -> dict[str, Any]:
        context = writable.reading(self.access)
        values = {}
        for f in self.fields:
            if f.key not in self.request.GET:
                continue
            try:
                values[f.key] = f.type.coerce(f, self.request.GET[f.key], context)
            except ValueRefused:
                continue
        return values

    def get_page_title(self) -> str:
        return _("New: %(type)s") % {"type": self.record_type.label}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        return super().get_context_data(
            sections=form_sections(self.record_type, form),
            people=people_lines(self.record_type, form),
            media=form.media,
            submit_label=form.submit_label or _("Save"),
            cancel_url=list_url(self.record_type),
            may_another=True,
            has_unsaved_changes=form.is_bound or self.begun is not None,
            **kwargs,
        )


class QuickCreateView(CreateView):
    """The fields that a new record cannot do without, in a dialog; a script gets its number and title."""

    part_template = "records/quick_create.html"
    template_name = "records/part_page.html"
    in_dialog = True
    use = layouts.QUICK

    @cached_property
    def fields(self) -> list[FieldDef]:
        everything = writable.of_new(self.record_type, self.access)
        titles = self.record_type.title_fields
        return [f for f in everything if f.required or f.key in titles] or everything[:4]

    def _handed(self) -> dict[str, Any]:
        """What was typed into the chooser becomes the last part of the title."""
        typed, title = self.request.GET.get("typed", ""), self.record_type.title_fields
        key = next((k for k in reversed(title) if k in {f.key for f in self.fields}), "")
        return {**super()._handed(), **({key: typed} if key and typed else {})}

    def done(self, outcome: Outcome) -> HttpResponse:
        made = self.made(outcome)
        if made is not None and "X-Part" in self.request.headers:
            return JsonResponse({"id": made.id, "title": made.title})
        return self.leave(self.after(outcome))
