"""A simulation: started and stopped from the review, its figures in full, and the records behind each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from crm_config.errors import ConfigError
from crm_config.problems import ConfigurationInvalid
from crm_config.views.base import AdministratorsOnly, StudioView, Trail
from jobs.errors import NotAllowed
from records.asker import access_of
from records.models import Simulation
from records.panels.simulation import Age
from records.selectors import views_of
from records.simulation import services
from records.simulation.lists import Asked, NoSuchFigure, behind
from records.simulation.registry import figures
from records.simulation.shown.naming import Naming

MOST = 100


class StartView(AdministratorsOnly, View):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        try:
            services.start(user=request.user)  # type: ignore[arg-type]
        except ConfigurationInvalid:
            messages.error(request, _("Put right first what stands in the way of publishing."))
        except ConfigError as refusal:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("studio:review"))


class StopView(AdministratorsOnly, View):
    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseRedirect:
        try:
            services.stop(get_object_or_404(Simulation, pk=pk))
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("studio:review"))


class _OneSimulation:
    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def simulation(self) -> Simulation:
        done = Simulation.objects.filter(state=Simulation.State.DONE)
        return get_object_or_404(done, pk=self.kwargs["pk"])

    def trail(self) -> Trail:
        return [(_("Review and publish"), reverse("studio:review"))]


class SimulationView(_OneSimulation, StudioView):
    """All figures, each as its own template shows it."""

    template_name = "records/simulation/simulation.html"
    page_title = gettext_lazy("Tried on live records")
    header_icon = "clipboard-check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = access_of(self.request)
        return super().get_context_data(
            simulation=self.simulation,
            age=Age.of(self.simulation, self.copy),
            figures=[
                (figure, figure.shown(self.simulation.figures[figure.key], self.simulation, access))
                for figure in figures()
                if figure.key in self.simulation.figures
            ],
            **kwargs,
        )


class RecordsView(_OneSimulation, StudioView):
    """The records behind one number, as far as whoever looks may see them."""

    template_name = "records/simulation/records.html"
    header_icon = "list-ul"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.record_type, self.rows = behind(self.asked, services.trial(self.simulation))
        except (NoSuchFigure, ValueError) as error:
            raise Http404 from error
        return super().get(request, *args, **kwargs)

    @property
    def asked(self) -> Asked:
        """Raises `ValueError`."""
        given = self.request.GET
        return Asked(
            type=given.get("type", ""),
            action=given.get("action", ""),
            way=given.get("way", ""),
            role=given.get("role", ""),
            user=int(given["user"]) if given.get("user") else None,
        )

    def trail(self) -> Trail:
        url = reverse("simulation:simulation", args=[self.simulation.pk])
        return [*super().trail(), (_("Tried on live records"), url)]

    def get_page_title(self) -> str:
        asked, naming = self.asked, Naming(self.simulation, access_of(self.request))
        told = {
            "who": self.who(asked, naming),
            "action": naming.action(asked.action),
            "type": naming.type(asked.type),
        }
        if asked.way == "lost":
            return _("%(type)s that %(who)s lose (%(action)s)") % told
        return _("%(type)s that %(who)s gain (%(action)s)") % told

    def who(self, asked: Asked, naming: Naming) -> str:
        if asked.role:
            return naming.role(asked.role)
        return naming.people([asked.user]) if asked.user else _("people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records, count = self.seen()
        return super().get_context_data(
            records=records,
            count=count,
            hidden=self.rows.count() - count,
            most=MOST,
            more=count - len(records),
            **kwargs,
        )

    def seen(self) -> tuple[Sequence[Any], int]:
        """Some of those that whoever looks may see under what is published, and how many these are."""
        access = access_of(self.request)
        here = access.snapshot.types.get(self.record_type.key)
        if here is None or here.retired or not access.may("view", here):
            return [], 0
        rows = self.rows.filter(access.q("view", here))
        found = list(rows.order_by("pk").defer("norm", "long_data")[:MOST])
        return views_of(found, access=access, keys=()), rows.count()
