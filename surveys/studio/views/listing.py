"""All surveys, and a new one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from wagtail.admin.widgets.button import HeaderButton

from crm_config.live import live
from crm_config.views.base import StudioFormView, StudioView, Trail
from forms_builder.studio import starters
from forms_builder.studio.generating import in_each
from surveys.definitions import SECTION
from surveys.models import Survey
from surveys.studio import palette, working_copy
from surveys.studio.building import SURVEYS
from surveys.studio.forms.new import NewSurveyForm
from surveys.studio.listing import grouped

THANKS = gettext_noop("Thank you for your answers")


class SurveysView(StudioView):
    template_name = "surveys/studio/all.html"
    page_title = gettext_lazy("Surveys")
    header_icon = SURVEYS.icon

    def get_header_buttons(self) -> list[Any]:
        return [HeaderButton(_("New survey"), url=SURVEYS.address("new"), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=grouped(self.copy, live()), **kwargs)


class _New:
    header_icon = SURVEYS.icon

    def trail(self) -> Trail:
        return [(_("Surveys"), SURVEYS.address("all"))]


class NewView(_New, StudioView):
    """What to begin with: a survey of the packs, or a record type that it asks about."""

    template_name = "surveys/studio/new.html"
    page_title = gettext_lazy("New survey")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        found = [(s, snapshot.types[s.type].label) for s in starters.fitting(snapshot, SECTION)]
        return super().get_context_data(starters=found, types=snapshot.active_types, **kwargs)


class AddView(_New, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = NewSurveyForm
    page_title = gettext_lazy("New survey")
    submit_label = gettext_lazy("Add survey")

    @cached_property
    def starter(self) -> starters.Starter | None:
        found = starters.find(self.request.GET.get("like", ""), SECTION)
        known = self.copy.draft.snapshot.types
        return found if found is not None and found.type in known else None

    def trail(self) -> Trail:
        return [*super().trail(), (_("New survey"), SURVEYS.address("new"))]

    def get_success_url(self) -> str:
        return SURVEYS.address("new")

    def get_initial(self) -> dict[str, Any]:
        return {"type": self.request.GET.get("type", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "languages": self.languages,
            "taken": working_copy.keys(),
            "types": self.copy.draft.snapshot.active_types,
            "like": self.starter.raw if self.starter else None,
        }

    def form_valid(self, form: NewSurveyForm) -> HttpResponse:
        added = self._add(form.cleaned_data)
        message = _("The survey %(name)s was added. Look through it, then publish.")
        return self.done(message % {"name": added.label}, SURVEYS.address("form", added.key))

    def _add(self, said: dict[str, Any]) -> Survey:
        key, labels = said["key"], said["labels"]
        if self.starter is not None:
            return working_copy.copied(self.starter.raw, key=key, labels=labels)
        items = [
            {
                "key": "score",
                "kind": "nps",
                "labels": in_each(palette.EXAMPLES["nps"], self.languages),
            }
        ]
        return working_copy.add_survey(
            {
                "key": key,
                "type": said["type"],
                "labels": labels,
                "steps": [{"key": "first", "sections": [{"key": "main", "items": items}]}],
                "ends": [{"key": "thanks", "labels": in_each(THANKS, self.languages)}],
            }
        )
