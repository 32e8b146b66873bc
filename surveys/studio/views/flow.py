"""Where answers lead: the drawing, and jumps, end pages, quotas and follow-ups one by one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from crm_config.errors import ChangedMeanwhile
from crm_config.views.base import StudioMixin, StudioView
from forms_builder.studio.arrangement import gone
from records.access import Access
from records.views.giving import GivingFormView
from surveys.studio import past as tried
from surveys.studio.canvas import PARTS
from surveys.studio.diagram import drawn
from surveys.studio.forms.flow import EndForm, JumpForm, PartForm, QuotaForm
from surveys.studio.forms.following import FollowUpForm
from surveys.studio.views.base import OfSurvey
from surveys.studio.working_copy import State

FORMS: dict[str, type[PartForm]] = {
    "jumps": JumpForm,
    "ends": EndForm,
    "quotas": QuotaForm,
    "follow_ups": FollowUpForm,
}


class FlowView(OfSurvey, StudioView):
    template_name = "surveys/studio/flow.html"
    page_title = gettext_lazy("Flow")
    here = "flow"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        diagram = drawn(self.survey, self.canvas, self.snapshot)
        return super().get_context_data(diagram=diagram, canvas=self.canvas, **kwargs)


class FollowUpsView(OfSurvey, StudioView):
    template_name = "surveys/studio/follow_ups.html"
    page_title = gettext_lazy("Follow-up")
    here = "follow_ups"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        past = None
        if "try" in self.request.GET and self.survey.follow_ups:
            past = tried.past(self.survey, self.snapshot, Access.of(self.user))
        return super().get_context_data(
            canvas=self.canvas, past=past, days=tried.DAYS, most=tried.MOST, **kwargs
        )


class _OfPart(OfSurvey):
    @property
    def part(self) -> str:
        name = str(self.kwargs["part"])
        if name not in PARTS:
            raise Http404
        return name

    @property
    def members(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = getattr(self.row, self.part)
        return found

    @cached_property
    def known(self) -> dict[str, Any]:
        try:
            return self.members[self.kwargs["number"]]
        except IndexError as error:
            raise Http404 from error

    def get_success_url(self) -> str:
        if self.part == "follow_ups":
            return self.at("follow_ups")
        return f"{self.at('form')}#{self.part}"

    def edit_part(self, change: Any) -> bool:
        """`change` gives the members anew; False where it could not be made, which is told."""
        part = self.part
        try:
            before, after = self.of.change(
                self.row, lambda state: {**state, part: change(list(state[part]), state)}
            )
        except ChangedMeanwhile as refusal:
            messages.error(self.request, str(refusal))
            return False
        self.history.done(before, after)
        return True


class _PartForm(_OfPart, GivingFormView):
    template_name = "surveys/studio/form.html"

    def get_form_class(self) -> type[PartForm]:
        return FORMS[self.part]

    def get_page_title(self) -> str:
        return str(PARTS[self.part])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        more = {"after": self.after} if self.part == "jumps" else {}
        return {
            **kwargs,
            **more,
            "known": self.known,
            "survey": self.survey,
            "canvas": self.canvas,
            "snapshot": self.snapshot,
            "languages": self.languages,
            "user": self.user,
        }

    @property
    def after(self) -> str:
        return str(self.known["after"])

    def form_valid(self, form: PartForm) -> HttpResponse:
        def change(members: list[Any], state: State) -> list[Any]:
            return self.placed(members, form.raw(taken(state)))

        if not self.edit_part(change):
            return self.to(self.get_success_url())
        return self.done(_("It was saved."))

    def placed(self, members: list[Any], raw: Any) -> list[Any]:
        """In the place of the one that was looked at, wherever that stands by now."""
        if self.known not in members:
            raise gone()
        at = members.index(self.known)
        return [*members[:at], raw, *members[at + 1 :]]


class PartView(_PartForm):
    pass


class AddPartView(_PartForm):
    """A jump is added after a page: `?after=`."""

    known: Any = {}

    @property
    def after(self) -> str:
        wanted = self.request.GET.get("after", "")
        pages = [page.key for page in self.survey.steps]
        if not pages:
            raise Http404
        return wanted if wanted in pages else pages[-1]

    def placed(self, members: list[Any], raw: Any) -> list[Any]:
        """An end page goes before the last, which is for all."""
        if (
            self.part == "ends"
            and members
            and (raw.get("when") is not None or raw.get("kind") == "screened")
        ):
            return [*members[:-1], raw, members[-1]]
        return [*members, raw]


class MovePartView(_OfPart, StudioMixin, View):
    """`to` is `up`, `down` or `away`. It can be undone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        way, known = request.POST.get("to", ""), self.known

        def change(members: list[Any], state: State) -> list[Any]:
            if known not in members:
                raise gone()
            at = members.index(known)
            members.pop(at)
            if way != "away":
                members.insert(max(at + {"up": -1, "down": 1}.get(way, 0), 0), known)
            return members

        if self.edit_part(change) and way == "away":
            messages.success(request, _("It was removed. It can be undone."))
        return self.to(self.get_success_url())


def taken(state: State) -> set[str]:
    """Keys of pages and of all that has one."""
    parts = ("steps", "ends", "quotas", "follow_ups")
    return {each["key"] for part in parts for each in state[part] if "key" in each}
