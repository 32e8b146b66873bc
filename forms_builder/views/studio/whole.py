"""A form as a whole: set, copied, archived, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.errors import InUse
from crm_config.references import Reference
from crm_config.views.base import ConfirmView, StudioFormView
from forms_builder.layouts.uses import STAFF
from forms_builder.layouts.words import losing, unfit
from forms_builder.studio import working_copy
from forms_builder.studio.forms.settings import SettingsForm
from forms_builder.views.studio.base import InForm, builder_url


class SettingsView(InForm, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = SettingsForm
    page_title = gettext_lazy("Settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "row": self.row,
            "form": self.definition,
            "snapshot": self.snapshot,
            "languages": self.languages,
        }

    def form_valid(self, form: SettingsForm) -> HttpResponse:
        working_copy.change_form(self.row, form.values)
        return self.done(_("The settings were saved. They hold once they are published."))


class CopyView(InForm, StudioFormView):
    """By a button: it changes nothing that is there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        copy = working_copy.copy_form(self.row)
        return self.done(_("This is the copy: give it its name."), builder_url(copy.key))


class ArchiveView(InForm, StudioFormView):
    """By a button, both ways: nothing is lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archived = not self.row.retired
        working_copy.archive_form(self.row, archived=archived)
        message = (
            _("The form %(name)s was archived: once published, nobody can fill it in.")
            if archived
            else _("The form %(name)s is in use again.")
        )
        return self.done(message % {"name": self.row.label})


class ChannelView(InForm, ConfirmView):
    """To the others, with what goes said before."""

    danger = False

    @property
    def to(self) -> str:  # type: ignore[override]
        return "public" if self.definition.channel == STAFF else STAFF

    @property
    def confirm_label(self) -> str:
        return _("Change who fills it in")

    def get_page_title(self) -> str:
        if self.to == STAFF:
            return _("Let staff fill in %(name)s instead?") % {"name": self.row.label}
        return _("Let the public fill in %(name)s instead?") % {"name": self.row.label}

    def explanation(self) -> Sequence[str]:
        gone = list(losing(self.definition, self.snapshot))
        first = (
            _("Once this is published, its address leads nowhere any more.")
            if self.to == STAFF
            else _("Once this is published, whoever has its address can fill it in.")
        )
        if not gone:
            return [first, _("Nothing of it is lost.")]
        return [first, _("This is taken out of it:"), *gone]

    def perform(self, form: Any) -> HttpResponse:
        working_copy.change_channel(self.row, self.to, unfit(self.definition, self.snapshot))
        return self.done(_("Others fill it in now, once it is published."))


class DeleteView(InForm, ConfirmView):
    confirm_label = gettext_lazy("Delete form")

    def get_page_title(self) -> str:
        return _("Delete the form %(name)s?") % {"name": self.row.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        return [r for r in self.copy.users_of(working_copy.path_of(self.row)) if not r.weak]

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once this is published, its address leads nowhere. What was sent is kept, and comes no more. "
                "If you are not sure, archive it instead."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.row.label
        try:
            working_copy.delete_form(self.row, self.copy)
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())
        message = _("The form %(name)s was deleted.") % {"name": name}
        return self.done(message, super(InForm, self).get_success_url())
