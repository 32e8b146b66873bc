"""All forms, and a new one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from crm_config.live import live
from crm_config.views.base import StudioFormView, StudioView, Trail
from forms_builder.layouts.uses import STAFF
from forms_builder.models import Form
from forms_builder.studio import starters, working_copy
from forms_builder.studio.forms.new import BLANK, NewForm
from forms_builder.studio.generating import generated
from forms_builder.studio.listing import grouped
from forms_builder.views.studio.base import ICON, builder_url


class FormsView(StudioView):
    template_name = "forms_builder/studio/all.html"
    page_title = gettext_lazy("Forms")
    header_icon = ICON

    def get_header_buttons(self) -> list[Any]:
        url = reverse("form_studio:new")
        return [HeaderButton(_("New form"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=grouped(self.copy, live()), **kwargs)


class _New:
    def trail(self) -> Trail:
        return [(_("Forms"), reverse("form_studio:all"))]


class NewView(_New, StudioView):
    """What to begin with: a form of the packs, or a record type."""

    template_name = "forms_builder/studio/new.html"
    page_title = gettext_lazy("New form")
    header_icon = ICON

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        found = [(s, snapshot.types[s.type].label) for s in starters.fitting(snapshot)]
        return super().get_context_data(starters=found, types=snapshot.active_types, **kwargs)


class AddView(_New, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = NewForm
    page_title = gettext_lazy("New form")
    submit_label = gettext_lazy("Add form")
    header_icon = ICON

    @cached_property
    def starter(self) -> starters.Starter | None:
        found = starters.find(self.request.GET.get("like", ""))
        known = self.copy.draft.snapshot.types
        return found if found is not None and found.type in known else None

    def trail(self) -> Trail:
        return [*super().trail(), (_("New form"), reverse("form_studio:new"))]

    def get_success_url(self) -> str:
        return reverse("form_studio:new")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        found = {"type": asked.get("type", "")}
        return {**found, "channel": STAFF} if asked.get("channel") == STAFF else found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "languages": self.languages,
            "taken": working_copy.keys(),
            "types": self.copy.draft.snapshot.active_types,
            "like": self.starter.raw if self.starter else None,
        }

    def form_valid(self, form: NewForm) -> HttpResponse:
        added = self._add(form.cleaned_data)
        message = _("The form %(name)s was added. Look through it, then publish.")
        return self.done(message % {"name": added.label}, builder_url(added.key))

    def _add(self, said: dict[str, Any]) -> Form:
        key, labels = said["key"], said["labels"]
        if self.starter is not None:
            return working_copy.copied(self.starter.raw, key=key, labels=labels)
        record_type = self.copy.type(said["type"])
        uses = said["used_for"] if said["channel"] == STAFF else []
        steps = generated(record_type, said["channel"], uses)
        if said["begin"] == BLANK:
            steps = [{"key": "all", "sections": [{"key": "main", "items": []}]}]
        raw = {"key": key, "type": said["type"], "labels": labels, "channel": said["channel"]}
        settings = {"used_for": uses} if uses else {}
        return working_copy.add_form({**raw, "steps": steps, "settings": settings})
