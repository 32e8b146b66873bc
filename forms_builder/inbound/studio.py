"""Inbound hooks in the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from forms_builder.definitions import forms_of
from forms_builder.engine.fields import fields_of
from forms_builder.engine.logic import Broken
from forms_builder.inbound import services
from forms_builder.inbound.definitions import SECTION, hooks_of
from forms_builder.inbound.forms import HookForm
from forms_builder.inbound.section import InboundSection
from forms_builder.mails import absolute
from forms_builder.models import InboundHook


class _Trail:
    def trail(self) -> Trail:
        return [(_("Inbound hooks"), reverse("inbound_studio:hooks"))]


class HooksView(StudioView):
    template_name = "forms_builder/inbound/hooks.html"
    page_title = gettext_lazy("Inbound hooks")
    header_icon = "download"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("inbound_studio:add")
        return [HeaderButton(_("New hook"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(hooks_of(self.copy.draft.snapshot).values())
        return super().get_context_data(rows=rows, **kwargs)


class _FormView(_Trail, StudioFormView):
    template_name = "forms_builder/inbound/hook.html"
    form_class = HookForm
    header_icon = "download"
    row: InboundHook | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        found = forms_of(self.copy.draft.snapshot).values()
        choices = [(form.key, form.label) for form in found if not form.retired]
        more = {"languages": self.languages, "choices": choices, "hook": self.row}
        return {**super().get_form_kwargs(), **more}

    def get_success_url(self) -> str:
        return reverse("inbound_studio:hooks")

    def form_valid(self, form: HookForm) -> HttpResponse:
        raw = form.raw
        InboundSection().load([raw], replace=False)
        url = reverse("inbound_studio:hook", args=[raw["key"]])
        return self.done(_("The hook was saved. It takes messages once it is published."), url)


class AddHookView(_FormView):
    page_title = gettext_lazy("New hook")
    submit_label = gettext_lazy("Add hook")


class HookView(_FormView):
    @cached_property
    def row(self) -> InboundHook:  # type: ignore[override]
        return get_object_or_404(InboundHook, key=self.kwargs["hook"])

    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hook = hooks_of(self.copy.draft.snapshot)[self.row.key]
        return super().get_context_data(
            address=absolute(reverse("inbound", args=[hook.key])),
            secret=hook.secret,
            tried=self.tried(),
            delete_url=reverse("inbound_studio:delete", args=[hook.key]),
            **kwargs,
        )

    def tried(self) -> dict[str, Any] | None:
        """What the sample as it was saved would fill in; None without one."""
        snapshot = self.copy.draft.snapshot
        hook = hooks_of(snapshot)[self.row.key]
        form = forms_of(snapshot).get(hook.form)
        if hook.sample is None or form is None:
            return None
        try:
            found = services.tried(hook, form, snapshot, hook.sample)
        except (Broken, KeyError):
            return {"problem": _("The form cannot be read, or has no such item.")}
        fields = fields_of(form, snapshot)

        def named(some: Mapping[str, Any]) -> list[tuple[str, Any]]:
            return [(fields[key].label if key in fields else key, v) for key, v in some.items()]

        return {"values": named(found["values"]), "errors": named(found["errors"])}


class DeleteHookView(_Trail, ConfirmView):
    confirm_label = gettext_lazy("Delete the hook")

    @cached_property
    def row(self) -> InboundHook:
        return get_object_or_404(InboundHook, key=self.kwargs["hook"])

    def get_page_title(self) -> str:
        return _("Delete the hook %(name)s?") % {"name": self.row.label}

    def get_success_url(self) -> str:
        return reverse("inbound_studio:hooks")

    @cached_property
    def blocking(self) -> list[Any]:
        return self.copy.users_of((SECTION, self.row.key))

    def explanation(self) -> Sequence[str]:
        return [_("Once this is published, its address takes nothing any more.")]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("The hook was deleted."))
