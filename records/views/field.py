"""One field of a record, changed in place; and values put back as they were."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from crm_config.definitions import FieldDef
from records import services
from records.errors import NotVisible
from records.forms import submit, writable
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.gate import Change, Outcome
from records.selectors import RecordView, get
from records.selectors.names import record_url
from records.selectors.past import event_of, value_before, values_at
from records.views.base import RecordMixin, RecordScreen
from records.views.facts import fact
from records.views.keeping import KeepsTyped


class FieldMixin(RecordMixin):
    @cached_property
    def field(self) -> FieldDef:
        try:
            return self.record.field(self.kwargs["key"])
        except KeyError as error:
            raise NotVisible(self.kwargs["key"]) from error


class FieldView(KeepsTyped, FieldMixin, RecordScreen):
    """GET gives the field's form; POST saves it, and gives the fact with a way to undo it."""

    part_template = "records/record/field_form.html"
    is_saved = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.may_type()
        form = self.form(self.record.version)
        clashes = self.go_on(form, keeping=True)
        return self.render_to_response(
            self.get_context_data(form=form, base_version=self.record.version, clashes=clashes)
        )

    def may_type(self) -> None:
        self.insist(writable.may_write(self.record, self.field))

    def typed_forms(self, data: Any = None) -> list[RecordForm]:
        version = self.begun.base_version if self.begun else None
        return [self.form(version or self.record.version, data)]

    def went_through(self, answer: HttpResponseBase) -> bool:
        return self.is_saved

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.may_type()
        base = request.POST.get("base_version", "")
        version = int(base) if base.isascii() and base.isdigit() else self.record.version
        form = self.form(version, request.POST, request.FILES)
        outcome = submit.change(form, self.record.id, base_version=version, access=self.access)
        self.is_saved = outcome.ok
        if outcome.ok:
            return self.done(outcome)
        return self.render_to_response(self.refused(form, outcome, version))

    def refused(self, form: RecordForm, outcome: Outcome, version: int) -> dict[str, Any]:
        """After a clash, saving again keeps what was typed here."""
        clash = any(r.code == "conflict" for r in outcome.refusals)
        if clash:
            now = self.record.display(self.field.key) or _("(empty)")
            form.add_error(
                self.field.key,
                _("It now says: %(value)s. Save again to keep yours.") % {"value": now},
            )
        return self.get_context_data(
            form=form, base_version=self.record.version if clash else version
        )

    def form(self, version: int, data: Any = None, files: Any = None) -> RecordForm:
        return RecordForm(
            data,
            files,
            fields=[self.field],
            values=values_at(self.record, version),
            choices=Choices(self.access, self.record.names),
            files_of=self.record,
        )

    def done(self, outcome: Outcome) -> HttpResponse:
        if "X-Part" not in self.request.headers:
            messages.success(self.request, _("Saved."))
            return self.leave(record_url(self.record.id))
        try:
            now = get(self.record.id, access=self.access)
        except NotVisible:
            return self.leave(record_url(self.record.id))
        event = event_of(now, outcome.version or 0) if outcome.written else None
        return render_fact(self.request, now, self.field, event)

    def get_page_title(self) -> str:
        return self.field.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        return super().get_context_data(
            field=self.field, bound=form[self.field.key], media=form.media, **kwargs
        )


def render_fact(
    request: HttpRequest, record: RecordView, f: FieldDef, event: int | None
) -> HttpResponse:
    """`event` is what an undo would put back."""
    context = {"fact": fact(record, f), "undo": event, "record": record}
    return HttpResponse(render_to_string("records/record/fact.html", context, request))


class PutBackView(FieldMixin, View):
    """Gives a field the value that it had before an event. Passes the gate as any change does."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(writable.may_write(self.record, self.field))
        before = value_before(self.record, self.kwargs["event"], self.field)
        change = Change(
            "change",
            id=self.record.id,
            values={self.field.key: before},
            base_version=self.record.version,
        )
        outcome = services.execute_one(change, access=self.access, channel=submit.CHANNEL)
        return self._answer(outcome)

    def _answer(self, outcome: Outcome) -> HttpResponse:
        if "X-Part" in self.request.headers and outcome.ok:
            now = get(self.record.id, access=self.access)
            return render_fact(self.request, now, self.field, None)
        if outcome.ok:
            messages.success(
                self.request,
                _("“%(field)s” is as it was before.") % {"field": self.field.label},
            )
        for refusal in outcome.refusals:
            messages.error(self.request, str(refusal.message))
        url = record_url(self.record.id)
        if "X-Part" in self.request.headers:
            return HttpResponse(status=204, headers={"X-Location": url})
        return HttpResponse(status=302, headers={"Location": url})
