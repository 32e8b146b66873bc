"""What is asked for before a button converts a record: saved first, then the button is pressed."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from records.forms import asking, layouts, submit, writable
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.selectors import RecordView, get
from records.selectors.names import record_url
from records.selectors.past import values_at
from records.views.base import RecordScreen
from workflows.automations.definitions import AutomationDef, each
from workflows.automations.views.pressing import buttons, press

KIND = "convert"


def converts(automation: AutomationDef) -> bool:
    return any(action.kind == KIND for action in each(automation.actions))


def wanted(record: RecordView, query: dict[str, str] | None = None) -> layouts.Wanted:
    return layouts.Wanted(layouts.CONVERSION, record.type, record.access, record, query=query or {})


def asks_first(automation: AutomationDef, record: RecordView) -> bool:
    """Whether a form was laid out for it."""
    return converts(automation) and layouts.find(wanted(record)) is not None


def form_url(automation: AutomationDef, record: RecordView) -> str:
    return reverse("automations:convert", args=[record.id, automation.key])


class ConvertView(RecordScreen):
    part_template = "workflows/automations/convert.html"

    @cached_property
    def automation(self) -> AutomationDef:
        offered = {a.key: a for a in buttons(self.record)}
        found = offered.get(self.kwargs["automation"])
        if found is None or not asks_first(found, self.record):
            raise Http404
        return found

    @cached_property
    def base_version(self) -> int:
        given = self.request.POST.get("base_version", "")
        return int(given) if given.isascii() and given.isdigit() else self.record.version

    def form(self, data: Any = None, files: Any = None) -> RecordForm:
        return layouts.record_form(
            wanted(self.record, self.request.GET.dict()),
            data,
            files,
            fields=writable.of_record(self.record),
            values=values_at(self.record, self.base_version),
            choices=Choices(self.access, self.record.names),
            files_of=self.record,
            in_dialog=True,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(automation=self.automation, form=self.form())
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        automation, form = self.automation, self.form(request.POST, request.FILES)
        outcome = submit.change(
            form, self.record.id, base_version=self.base_version, access=self.access
        )
        if outcome.ok:
            return self.pressed(automation)
        if (asked := asking.ask(form, outcome, self.access)) is not None:
            messages.success(request, _("Approval was asked for."))
            return self.leave(asked)
        return self.render_to_response(self.get_context_data(automation=automation, form=form))

    def pressed(self, automation: AutomationDef) -> HttpResponse:
        """What was filled in may be why it is not offered any more."""
        now = get(self.record.id, access=self.access)
        if any(a.key == automation.key for a in buttons(now)):
            press(self.request, automation, now)
        else:
            said = _("“%(automation)s” has nothing to do here.")
            messages.warning(self.request, said % {"automation": automation.label})
        return self.leave(record_url(now.id))

    def get_page_title(self) -> str:
        return self.automation.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            base_version=self.base_version,
            mark=self.request.POST.get("mark") or uuid.uuid4().hex,
            action=self.request.get_full_path(),
            media=kwargs["form"].media,
            **kwargs,
        )
