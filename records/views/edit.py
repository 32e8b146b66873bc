"""Changing a record. Whoever saves on top of somebody else's change keeps both, or chooses where they clash."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from crm_config.definitions import FieldDef
from records.errors import NotVisible
from records.forms import asking, layouts, submit, writable
from records.forms.fields import Choices
from records.forms.record import RecordForm
from records.gate import Outcome, Refusal
from records.selectors.names import record_url
from records.selectors.past import values_at
from records.views.base import RecordScreen
from records.views.create import REFUSED
from records.views.form_page import form_sections, people_lines
from records.views.keeping import Conflict, KeepsTyped

THEIRS = "theirs"


class EditView(KeepsTyped, RecordScreen):
    template_name = "records/form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._insist()
        form = self.form(self.record.version)
        if self.begun is None:
            return self.render_to_response(self.get_context_data(form=form))
        conflicts = self.go_on(form, keeping=True)
        return self.render_to_response(
            self.get_context_data(form=form, conflicts=conflicts, has_unsaved_changes=True)
        )

    def may_type(self) -> None:
        if not self.fields:
            raise NotVisible(self.record.id)

    def typed_forms(self, data: Any = None) -> list[RecordForm]:
        version = self.begun.base_version if self.begun else self.base_version
        return [self.form(version or self.record.version, data)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._insist()
        form = self.form(self.base_version, request.POST, request.FILES)
        outcome = submit.change(
            form,
            self.record.id,
            base_version=self.base_version,
            access=self.access,
            leaving=self.leaving,
        )
        if outcome.ok:
            return self.done(outcome)
        conflicts = [r for r in outcome.refusals if r.code == "conflict"]
        if conflicts:
            return self.render_conflicts(form, conflicts)
        if (asked := asking.ask(form, outcome, self.access)) is not None:
            messages.success(request, _("Approval was asked for."))
            return self.leave(asked)
        messages.error(request, REFUSED)
        return self.render_to_response(self.get_context_data(form=form))

    def _insist(self) -> None:
        if not self.fields:
            self.insist_on("change")
        self.insist(bool(self.fields))

    def done(self, outcome: Outcome) -> HttpResponse:
        if outcome.merged:
            messages.success(
                self.request, _("Saved, together with what somebody else changed meanwhile.")
            )
        elif outcome.written:
            messages.success(self.request, _("Saved."))
        else:
            messages.info(self.request, _("Nothing was changed."))
        return self.leave(record_url(self.record.id))

    @cached_property
    def fields(self) -> list[FieldDef]:
        return writable.of_record(self.record)

    @cached_property
    def base_version(self) -> int:
        """The version that was open in the form."""
        given = self.request.POST.get("base_version", "")
        return int(given) if given.isascii() and given.isdigit() else self.record.version

    @cached_property
    def leaving(self) -> frozenset[str]:
        """The fields in which the other's value was chosen."""
        return frozenset(
            f.key for f in self.fields if self.request.POST.get(f"take-{f.key}") == THEIRS
        )

    def form(
        self,
        version: int,
        data: Any = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> RecordForm:
        return layouts.record_form(
            layouts.Wanted(
                layouts.EDIT,
                self.record_type,
                self.access,
                self.record,
                query=self.request.GET.dict(),
            ),
            data,
            files,
            fields=self.fields,
            values=values_at(self.record, version),
            choices=Choices(self.access, self.record.names),
            initial=initial,
            files_of=self.record,
        )

    def render_conflicts(self, form: RecordForm, refusals: list[Refusal]) -> HttpResponse:
        """The form again, on top of what stands now, with what was typed here."""
        keys = [key for key in form.changed_data if key not in self.leaving]
        typed = {key: form[key].value() for key in keys}
        fresh = self.form(self.record.version, initial=typed)
        fresh.take_over(form)
        conflicts = [self._conflict(form, refusal) for refusal in refusals]
        return self.render_to_response(
            self.get_context_data(form=fresh, conflicts=conflicts, has_unsaved_changes=True)
        )

    def _conflict(self, form: RecordForm, refusal: Refusal) -> Conflict:
        key = refusal.field or ""
        f = self.record.field(key)
        mine = refusal.detail["mine"]
        names = form.choices.names_of(f, mine)
        shown = "" if mine is None else f.type.render(f, mine, names)
        return Conflict(f, self.record.render(key), shown, str(refusal.detail.get("by") or ""))

    def get_page_title(self) -> str:
        return _("Edit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        kwargs.setdefault("has_unsaved_changes", form.is_bound)
        return super().get_context_data(
            sections=form_sections(self.record_type, form, self.record),
            people=people_lines(self.record_type, form),
            media=form.media,
            base_version=self.record.version if "conflicts" in kwargs else self.base_version,
            submit_label=form.submit_label or _("Save"),
            cancel_url=record_url(self.record.id),
            **kwargs,
        )
