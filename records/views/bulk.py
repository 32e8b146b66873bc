"""One change for many records of a list: what to change, what would come of it, doing it, and the receipt."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import FieldDef
from jobs.models import Job
from jobs.selectors import visible_to
from records import bulk
from records.access import Access
from records.errors import NotVisible
from records.forms import asking
from records.forms.bulk import BulkForm, offered
from records.forms.reasons import given
from records.selection import Selection, how_many
from records.selectors.recent import visible_in_order
from records.views.base import Crumbs, RecordsMixin, ScreenMixin, TypeScreen
from records.views.state import ListState

NEEDS = {"edit": "change", "archive": "delete", "restore": "delete"}
MOST_CHOSEN = 500


class SelectionMixin(TypeScreen):
    """The records that a list's form means: its address, and what was ticked."""

    @cached_property
    def state(self) -> ListState:
        return ListState.read(self.request.POST)

    @cached_property
    def selection(self) -> Selection:
        given = self.request.POST
        ids = [int(i) for i in given.getlist("ids") if i.isascii() and i.isdigit()][:MOST_CHOSEN]
        return Selection(
            self.record_type.key,
            ids=None if given.get("all") == "1" else tuple(ids),
            where=self.state.where,
            search=self.state.search,
            archived=self.state.archived,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            state=self.state,
            selection=self.selection,
            number=how_many(self.selection, access=self.access).number,
            list_url=self.state.url(self.record_type),
            **kwargs,
        )


class ListOrSegmentMixin(SelectionMixin):
    """Begun from a list's form, or from a segment's page, which asks by its address."""

    @cached_property
    def state(self) -> ListState:
        return ListState.read(self.request.POST or self.request.GET)

    @cached_property
    def selection(self) -> Selection:
        if self.request.method == "POST":
            return super().selection
        return Selection(self.record_type.key, where=self.state.where)


class BulkView(SelectionMixin):
    template_name = "records/bulk/edit.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to do here without a selection."""
        return HttpResponseRedirect(ListState().url(self.record_type))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.what == "export":
            return self._to_export()
        if self.what not in NEEDS:
            raise NotVisible(self.what)
        self.insist(self.access.may(NEEDS[self.what], self.record_type))
        if self.selection.ids == ():
            messages.warning(request, _("Select some records first."))
            return HttpResponseRedirect(self.state.url(self.record_type))
        try:
            return self._edit() if self.what == "edit" else self._switch()
        except ConditionInvalid:
            messages.error(request, _("The list's filter can no longer be used."))
            return HttpResponseRedirect(self.state.url(self.record_type))

    @property
    def what(self) -> str:
        return self.request.POST.get("do", "")

    def _to_export(self) -> HttpResponse:
        params = self.state.params()
        if self.selection.ids is not None:
            params["ids"] = ",".join(map(str, self.selection.ids))
        url = reverse("records:export", args=[self.record_type.key])
        return HttpResponseRedirect(f"{url}?{urlencode(params)}")

    # -- archive and restore

    def _switch(self) -> HttpResponse:
        action = self.what
        if "run" in self.request.POST:
            return self._start(action, {})
        found = self._preview(action, {})
        return self._render(preview=found, form=None)

    # -- values

    def _edit(self) -> HttpResponse:
        step = self.request.POST
        form = BulkForm(
            step if "run" in step or "preview" in step else None,
            fields=self.fields,
            access=self.access,
        )
        if not form.is_bound:
            form.initial = self._typed(form)
            return self._render(form=form)
        values = form.values() if form.is_valid() else {}
        if form.errors or not values:
            return self._render(form=form)
        if "run" in step:
            return self._start("change", values)
        found = self._preview("change", values)
        return self._render(form=form, preview=found)

    def _typed(self, form: BulkForm) -> dict[str, Any]:
        """What stood in the form while a field was added to it or taken away."""
        shown = BulkForm(self.request.POST, fields=self.fields, access=self.access)
        there = {
            key for key in form.fields if any(n.startswith(f"f-{key}") for n in self.request.POST)
        }
        return {key: shown[key].value() for key in there}

    @cached_property
    def fields(self) -> list[FieldDef]:
        given = self.request.POST
        keys = [*given.getlist("field"), given.get("add", "")]
        kept = dict.fromkeys(key for key in keys if key and key != given.get("drop"))
        known = {f.key: f for f in self.offered}
        return [known[key] for key in kept if key in known]

    @cached_property
    def offered(self) -> list[FieldDef]:
        return offered(self.record_type, access=self.access)

    @property
    def reasons(self) -> dict[str, str]:
        """Those that were typed."""
        return {rule: reason for rule, reason in given(self.request.POST).items() if reason.strip()}

    def _preview(self, action: str, values: dict[str, Any]) -> bulk.Preview:
        return bulk.preview(
            self.selection, action, values, access=self.access, reasons=self.reasons
        )

    def _start(self, action: str, values: dict[str, Any]) -> HttpResponse:
        asked = self.request.POST
        job = bulk.start(
            self.selection,
            action,
            values,
            access=self.access,
            reasons=self.reasons,
            ask=asked.get(asking.COMMENT, "") if asking.BUTTON in asked else None,
        )
        back = self.state.url(self.record_type)
        url = reverse("records:bulk_result", args=[job.pk])
        return HttpResponseRedirect(f"{url}?{urlencode({'next': back})}")

    def _render(self, **kwargs: Any) -> HttpResponse:
        form = kwargs.get("form")
        return self.render_to_response(
            self.get_context_data(
                what=self.what,
                others=[f for f in self.offered if f not in self.fields] if form else [],
                media=form.media if form else None,
                reasons=self._settled(kwargs.get("preview")),
                asks=asking.BUTTON in self.request.POST,
                comment=self.request.POST.get(asking.COMMENT, ""),
                **kwargs,
            )
        )

    def _settled(self, found: bulk.Preview | None) -> dict[str, str]:
        """Reasons that nothing asks for any more now that they are given."""
        open_ones = {warned.rule for warned in found.warnings} if found else set()
        return {rule: why for rule, why in self.reasons.items() if rule not in open_ones}

    def get_page_title(self) -> str:
        return {
            "edit": _("Edit many"),
            "archive": _("Archive many"),
            "restore": _("Restore many"),
        }.get(self.what, "")


class JobMixin(RecordsMixin):
    """A job that whoever asks has started themselves."""

    kind = bulk.KIND

    @cached_property
    def job(self) -> Any:
        found = visible_to(self.request.user).filter(pk=self.kwargs["pk"], kind=self.kind).first()
        if found is None or found.created_by_id != self.access.user_id:
            raise NotVisible(self.kwargs["pk"])
        return found


def list_of(job: Job, access: Access) -> str:
    """The address of the list whose records a job was about."""
    selection = Selection.of(job.args["selection"])
    state = ListState(where=selection.where, search=selection.search, archived=selection.archived)
    record_type = access.snapshot.types.get(selection.type)
    return state.url(record_type) if record_type else reverse("wagtailadmin_home")


class BulkResultView(JobMixin, ScreenMixin, TemplateView):
    """The receipt: how many were changed, which were refused and why; or how far it is."""

    template_name = "records/bulk/result.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("What was done")

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        result = self.job.result or {}
        return super().get_context_data(
            job=self.job,
            result=result,
            refused=self._refused(result.get("named", [])),
            back_url=list_of(self.job, self.access),
            **kwargs,
        )

    def _refused(self, named: list[dict[str, Any]]) -> list[tuple[Any, list[str]]]:
        """Those that the reader may still see."""
        reasons = {each["id"]: each["reasons"] for each in named}
        seen = visible_in_order(list(reasons), access=self.access)
        return [(record, reasons[record.id]) for record in seen]
