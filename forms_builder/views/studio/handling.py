"""What becomes of what is sent: the record, linked records, routes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from crm_config.views.base import StudioFormView, StudioMixin, Trail
from crm_config.words import Vocabulary
from forms_builder.items.linked_field import target_of
from forms_builder.studio import working_copy
from forms_builder.studio.asking import in_words
from forms_builder.studio.forms.handling import HandlingForm, LinkForm, RouteForm
from forms_builder.views.studio.base import InForm

Raw = Mapping[str, Any]


class HandlingView(InForm, StudioFormView):
    template_name = "forms_builder/studio/handling.html"
    form_class = HandlingForm
    page_title = gettext_lazy("What becomes of it")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        about = {"form": self.definition, "snapshot": self.snapshot}
        return {**kwargs, **about, "record_type": self.record_type}

    def form_valid(self, form: HandlingForm) -> HttpResponse:
        working_copy.change_part(self.row, "handling", form.values)
        return self.done(_("Saved. It holds once it is published."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            row=self.row, links=self._links(), routes=self._routes(), **kwargs
        )

    def _links(self) -> list[dict[str, Any]]:
        """Those that items of the form ask about, and those that were said."""
        said = {link["link"]: link for link in self.definition.handling.get("links", ())}
        asked = [
            str(item.options.get("link"))
            for item in self.definition.items.values()
            if item.kind == "linked_field"
        ]
        fields = self.record_type.all_fields
        found = []
        for key in dict.fromkeys([*asked, *said]):
            if key not in fields:
                continue
            target = target_of(self.record_type, key, self.definition, self.snapshot)
            known = target.all_fields if target else {}
            match = [
                known[name].label for name in said.get(key, {}).get("match", ()) if name in known
            ]
            found.append({"key": key, "label": fields[key].label, "type": target, "match": match})
        return found

    def _routes(self) -> list[dict[str, Any]]:
        vocabulary = Vocabulary.of(self.copy.payload)
        found = []
        for route in self.definition.handling.get("routes", ()):
            when = route.get("when")
            to = [route.get("team"), *route.get("users", ())]
            if route.get("role"):
                to.append(vocabulary.name(("roles", route["role"])))
            words = in_words(when, self.definition, self.snapshot) if when is not None else ""
            found.append({"key": route["key"], "when": words, "to": ", ".join(filter(None, to))})
        return found


class InHandling(InForm):
    @property
    def handling_url(self) -> str:
        return reverse("form_studio:handling", args=[self.row.key])

    def trail(self) -> Trail:
        return [*super().trail(), (_("What becomes of it"), self.handling_url)]

    def get_success_url(self) -> str:
        return self.handling_url


class LinkView(InHandling, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = LinkForm

    @property
    def link(self) -> str:
        key: str = self.kwargs["link"]
        f = self.record_type.all_fields.get(key)
        if f is None or f.type.storage != "links":
            raise Http404
        return key

    def get_page_title(self) -> str:
        return self.record_type.all_fields[self.link].label

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        about = {"form": self.definition, "snapshot": self.snapshot}
        return {**kwargs, "link": self.link, **about}

    def form_valid(self, form: LinkForm) -> HttpResponse:
        working_copy.change_part(self.row, "handling", form.values)
        return self.done(_("Saved. It holds once it is published."))


class _RouteForm(InHandling, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = RouteForm
    known: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        routes = self.row.handling.get("routes", ())
        about = {"form": self.definition, "snapshot": self.snapshot, "user": self.user}
        taken = {route["key"] for route in routes}
        return {**kwargs, **about, "known": self.known, "taken": taken}

    def form_valid(self, form: RouteForm) -> HttpResponse:
        raw = form.raw

        def change(handling: Raw) -> Raw:
            routes = list(handling.get("routes", ()))
            if all(route["key"] != raw["key"] for route in routes):
                return {**handling, "routes": [*routes, raw]}
            return {**handling, "routes": [raw if r["key"] == raw["key"] else r for r in routes]}

        working_copy.change_part(self.row, "handling", change)
        return self.done(_("The route was saved."))


class AddRouteView(_RouteForm):
    page_title = gettext_lazy("New route")
    submit_label = gettext_lazy("Add route")


class _OfRoute(InHandling):
    @cached_property
    def known(self) -> Raw:
        routes = self.row.handling.get("routes", ())
        found = next((r for r in routes if r["key"] == self.kwargs["route"]), None)
        if found is None:
            raise Http404
        return found


class RouteView(_OfRoute, _RouteForm):
    page_title = gettext_lazy("Route")


class MoveRouteView(_OfRoute, StudioMixin, View):
    """Up, down or away: `to`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        key, to = self.known["key"], request.POST.get("to", "")

        def change(handling: Raw) -> Raw:
            routes = list(handling.get("routes", ()))
            at = next((n for n, route in enumerate(routes) if route["key"] == key), None)
            if at is None:
                return handling
            taken = routes.pop(at)
            if to != "away":
                routes.insert(max(at + {"up": -1, "down": 1}.get(to, 0), 0), taken)
            return {**handling, "routes": routes}

        working_copy.change_part(self.row, "handling", change)
        return self.to(self.handling_url)
