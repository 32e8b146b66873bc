"""The builder: palette, canvas, properties; and the edits that are done with a button."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config.errors import ChangedMeanwhile
from crm_config.views.base import StudioFormView, StudioMixin, StudioView, waiting_request
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.studio import arrangement
from forms_builder.studio.arrangement import Steps
from forms_builder.studio.forms.item import ItemForm
from forms_builder.studio.forms.logic import field_of, rules_for
from forms_builder.studio.notes import Teller
from forms_builder.views.studio.base import InForm, OfForm


class _Builder(OfForm):
    """`chosen` is the item whose properties are shown."""

    chosen = ""

    def get_page_title(self) -> str:
        return self.row.label

    def get_header_buttons(self) -> list[Any]:
        return [
            HeaderButton(label, url=self.at(name), icon_name=icon)
            for name, label, icon in self.of.screens(self.definition)
        ]

    def get_template_names(self) -> list[str]:
        return [f"{self.of.templates}/builder.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, state = self.definition, self.of.state(self.row)
        canvas = self.of.canvas(self.row.key, self.copy.draft)
        places = canvas.places
        return super().get_context_data(  # type: ignore[misc]
            row=self.row,
            definition=form,
            info=self.of.info(self.row.key, self.copy),
            canvas_template=f"{self.of.templates}/canvas.html",
            look=self.of.look,
            canvas=canvas,
            places=places,
            chosen=self.chosen,
            shelves=self.of.shelves(form, self.snapshot),
            to=self.request.GET.get("to") or (places[-1][0] if places else ""),
            moved=self.request.GET.get("moved", ""),
            removed="removed" in self.request.GET,
            can_undo=self.history.can_undo(state),
            can_redo=self.history.can_redo(state),
            used_by=self.uses(self.copy.users_of((self.of.section, self.row.key))),  # type: ignore[attr-defined]
            **kwargs,
        )


class BuilderView(_Builder, StudioView):
    pass


class ItemView(_Builder, StudioFormView):
    """The builder with the properties of one item."""

    form_class = ItemForm
    submit_label = gettext_lazy("Save item")

    @property
    def chosen(self) -> str:  # type: ignore[override]
        return str(self.kwargs["item"])

    @property
    def known(self) -> dict[str, Any]:
        try:
            return arrangement.item_at(self.row.steps, self.chosen)
        except ChangedMeanwhile as error:
            raise Http404 from error

    def get_success_url(self) -> str:
        return self.builder_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "known": self.known,
            "form": self.definition,
            "snapshot": self.snapshot,
            "languages": self.languages,
            "user": self.user,
        }

    def form_valid(self, form: ItemForm) -> HttpResponse:
        raw = form.raw
        if self.edit(lambda steps: arrangement.replaced(steps, raw)):
            messages.success(self.request, _("The item was saved."))
        return self.to(self.builder_url(self.chosen))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.definition.items[self.known["key"]]
        rules = rules_for(item, field_of(item, self.definition, self.snapshot))
        return super().get_context_data(
            item=item,
            notes=Teller(self.definition, self.snapshot).of_item(item),
            has_rules=bool(rules),
            **kwargs,
        )


class _Act(InForm, StudioMixin, View):
    http_method_names = ["post"]


class AddItemView(_Act):
    """`add` is an offer of the palette, `to` the section; `below` the item it goes below."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.row.record_type not in self.snapshot.types:
            raise Http404
        try:
            item = self.of.made(
                request.POST.get("add", ""), self.definition, self.snapshot, self.languages
            )
        except (LookupError, ValueError):
            messages.error(request, _("This cannot be put on the form any more."))
            return self.to(self.builder_url())
        place, below = request.POST.get("to", ""), request.POST.get("below", "")
        if self.edit(lambda steps: self._added(steps, item, place, below)):
            return self.to(self.builder_url(item["key"]))
        return self.to(self.builder_url())

    def _added(self, steps: Steps, item: arrangement.Raw, place: str, below: str) -> Steps:
        if below in arrangement.item_keys(steps):
            spot = arrangement.find_item(steps, below)
            step = steps[spot.step]
            place = arrangement.place_key(step, step["sections"][spot.section])
        if not place:
            raise arrangement.gone()
        return arrangement.added(steps, item, place, after=below)


class RemoveItemView(_Act):
    """Without asking: it can be undone."""

    def post(self, request: HttpRequest, item: str, **kwargs: Any) -> HttpResponse:
        if self.edit(lambda steps: arrangement.removed(steps, item)):
            return self.to(f"{self.builder_url()}?removed=1")
        return self.to(self.builder_url())


class ArrangeView(_Act):
    """All items as JSON after a drag, or one move from a button: `move=email:-1`, `move=email:all.person`,
    `step=two:1`, `section=all.person:-1`."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.content_type == "application/json":
            return self._arrange_all(request)
        name = next((n for n in MOVES if n in request.POST), "")
        key, _colon, target = request.POST.get(name, "").rpartition(":")
        if not name or (name != "move" and target not in ("1", "-1")):
            messages.error(request, _("It could not be moved. Load the page again."))
            return self.to(self.builder_url())
        self.edit(lambda steps: MOVES[name](steps, key, target))
        if name != "move":
            return self.to(self.builder_url())
        return self.to(f"{self.builder_url()}?moved={key}#item-{key}")

    def _arrange_all(self, request: HttpRequest) -> JsonResponse:
        try:
            wanted = [
                (str(s["key"]), [str(i) for i in s["fields"]]) for s in json.loads(request.body)
            ]
        except (ValueError, TypeError, KeyError):
            return JsonResponse({"message": _("The order could not be read.")}, status=400)
        try:
            before, after = self.of.change_steps(
                self.row, lambda steps: arrangement.arranged(steps, wanted)
            )
        except ChangedMeanwhile as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        self.history.done(before, after)
        about = {"unpublished": len(WorkingCopy().changes), "waiting": waiting_request()}
        bar = render_to_string("crm_config/studio/bar.html", about, request=request)
        return JsonResponse({"message": _("Saved."), "bar": bar})


def _move(steps: Steps, key: str, target: str) -> Steps:
    if target in ("1", "-1"):
        return arrangement.moved(steps, key, int(target))
    return arrangement.moved_to(steps, key, target)


MOVES: dict[str, Callable[[Steps, str, str], Steps]] = {
    "move": _move,
    "step": lambda steps, key, by: arrangement.shifted_step(steps, key, int(by)),
    "section": lambda steps, key, by: arrangement.shifted_section(steps, key, int(by)),
}


class UndoView(_Act):
    """`way` is `undo` or `redo`."""

    def post(self, request: HttpRequest, way: str, **kwargs: Any) -> HttpResponse:
        go = self.history.undo if way == "undo" else self.history.redo
        found: list[bool] = []

        def change(state: Any) -> Any:
            wanted = go(state)
            found.append(wanted is not None)
            return state if wanted is None else wanted

        try:
            self.of.change(self.row, change)
        except ChangedMeanwhile as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self._told(way, any(found)))
        return self.to(self.builder_url())

    def _told(self, way: str, done: bool) -> str:
        if way == "undo":
            return _("Undone.") if done else _("There is nothing to undo.")
        return _("Done again.") if done else _("There is nothing to do again.")
