"""Teams: a tree with members and leads. They hold at once: who works where is not configuration."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config.forms.people import TeamForm
from crm_config.models import Membership, Team, User
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.views.members import MembersHistoryView
from crm_config.working_copy import teams


@dataclass(frozen=True)
class TeamRow:
    team: Team
    depth: int
    leads: list[User]
    members: list[User]


def rows() -> list[TeamRow]:
    """The tree, parents before children, by name. Two queries."""
    children: dict[int | None, list[Team]] = defaultdict(list)
    for team in Team.objects.order_by("name"):
        children[team.parent_id].append(team)
    people: dict[int, list[Membership]] = defaultdict(list)
    memberships = Membership.objects.select_related("user").order_by(
        "user__last_name", "user__username"
    )
    for membership in memberships:
        people[membership.team_id].append(membership)
    return list(_walk(None, 0, children, people))


def _walk(parent: int | None, depth: int, children: Any, people: Any) -> Iterator[TeamRow]:
    for team in children[parent]:
        there = people[team.pk]
        yield TeamRow(
            team, depth, [m.user for m in there if m.lead], [m.user for m in there if not m.lead]
        )
        yield from _walk(team.pk, depth + 1, children, people)


class TeamsView(StudioView):
    template_name = "crm_config/studio/teams.html"
    page_title = gettext_lazy("Teams")
    header_icon = "group"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("studio:team_add")
        return [HeaderButton(_("New team"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=rows(), **kwargs)


class _TeamView:
    kwargs: dict[str, Any]

    def trail(self) -> Trail:
        return [(_("Teams"), reverse("studio:teams"))]

    def get_success_url(self) -> str:
        return reverse("studio:teams")

    @cached_property
    def team(self) -> Team:
        return get_object_or_404(Team, pk=self.kwargs["pk"])


class AddTeamView(_TeamView, StudioFormView):
    form_class = TeamForm
    page_title = gettext_lazy("New team")
    header_icon = "group"
    submit_label = gettext_lazy("Add team")

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {"parent": self.request.GET.get("parent")}
        return {**super().get_form_kwargs(), "by": self.user, "initial": initial}

    def form_valid(self, form: TeamForm) -> HttpResponse:
        team = form.save()
        teams.set_members(team, form.cleaned_data["members"], leads=form.cleaned_data["leads"])
        return self.done(_("The team %(name)s was added.") % {"name": team.name})


class TeamView(_TeamView, StudioFormView):
    form_class = TeamForm
    header_icon = "group"

    def get_page_title(self) -> str:
        return str(self.team.name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.user, "instance": self.team}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delete_url = reverse("studio:team_delete", args=[self.team.pk])
        history_url = reverse("studio:team_history", args=[self.team.pk])
        return super().get_context_data(delete_url=delete_url, history_url=history_url, **kwargs)

    def form_valid(self, form: TeamForm) -> HttpResponse:
        team = form.save()
        teams.set_members(team, form.cleaned_data["members"], leads=form.cleaned_data["leads"])
        return self.done(_("The team %(name)s was saved.") % {"name": team.name})


class TeamHistoryView(_TeamView, MembersHistoryView):
    def trail(self) -> Trail:
        return [*super().trail(), (self.team.name, reverse("studio:team", args=[self.team.pk]))]

    def instance(self) -> Team:
        return self.team


class DeleteTeamView(_TeamView, ConfirmView):
    confirm_label = gettext_lazy("Delete team")

    def get_page_title(self) -> str:
        return _("Delete the team %(name)s?") % {"name": self.team.name}

    @property
    def refusal(self) -> str:
        below = [team.name for team in self.team.children.all()]
        if not below:
            return ""
        return _("Other teams are part of it: %(teams)s. Move them first.") % {
            "teams": ", ".join(below)
        }

    def explanation(self) -> Sequence[str]:
        return [_("Its members stay, but whoever saw records through this team sees them no more.")]

    def perform(self, form: Any) -> HttpResponse:
        name = self.team.name
        try:
            teams.remove(self.team)
        except ProtectedError:
            messages.error(
                self.request, _("Records belong to this team: give them to another one first.")
            )
            return HttpResponseRedirect(reverse("studio:team", args=[self.team.pk]))
        return self.done(_("The team %(name)s was deleted.") % {"name": name})
