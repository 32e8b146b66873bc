"""Automations in the studio: all of them, the kinds of trigger, one with its actions, and trying it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.views.base import ConfirmView, StudioFormView, StudioMixin, StudioView, Trail
from crm_config.working_copy.keys import propose_key
from records.asker import access_of
from records.errors import NotVisible
from records.selectors import reading
from records.views.giving import GivingFormView
from workflows.actions.base import Action
from workflows.actions.call_webhook import CALL_WEBHOOK
from workflows.actions.registry import ACTIONS
from workflows.automations import inbound, services, shared_secrets
from workflows.automations.definitions import AutomationDef, actions_of, each
from workflows.automations.forms.automation import ActionForm, AutomationForm
from workflows.automations.section import AutomationSection
from workflows.automations.words import sentence
from workflows.models import Automation
from workflows.triggers.base import Trigger
from workflows.triggers.registry import TRIGGERS


def definition(row: Automation) -> AutomationDef:
    return AutomationDef.of(AutomationSection().dump_row(row))


class _Trail:
    def trail(self) -> Trail:
        return [(_("Automations"), reverse("automation_studio:all"))]


class AutomationsView(StudioView):
    template_name = "workflows/automations/studio/all.html"
    page_title = gettext_lazy("Automations")
    header_icon = "cogs"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("automation_studio:triggers")
        return [HeaderButton(_("New automation"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        rows = [
            (row, sentence(definition(row), snapshot)) for row in Automation.objects.order_by("key")
        ]
        return super().get_context_data(rows=rows, **kwargs)


class TriggersView(_Trail, StudioView):
    """The kinds of trigger; then, of one kind, the record types."""

    template_name = "workflows/automations/studio/triggers.html"
    page_title = gettext_lazy("New automation")
    header_icon = "cogs"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kinds=TRIGGERS.values(),
            kind=TRIGGERS.get(self.request.GET.get("kind", "")),
            chosen_type=self.request.GET.get("type", ""),
            types=self.copy.draft.snapshot.active_types,
            **kwargs,
        )


class _FormView(_Trail, StudioFormView):
    template_name = "workflows/automations/studio/form.html"
    form_class = AutomationForm
    header_icon = "cogs"
    row: Automation | None = None
    kwargs: Mapping[str, Any]

    @property
    def kind(self) -> Trigger:
        try:
            return TRIGGERS[self.row.trigger["kind"] if self.row else self.request.GET["kind"]]
        except KeyError as error:
            raise Http404 from error

    @cached_property
    def record_type(self) -> TypeDef:
        try:
            key = self.row.type if self.row else self.request.GET["type"]
            return self.copy.draft.snapshot.types[key]
        except KeyError as error:
            raise Http404 from error

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "kind": self.kind,
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
            "languages": self.languages,
            "automation": self.row,
        }

    def get_success_url(self) -> str:
        return reverse("automation_studio:all")

    def form_valid(self, form: AutomationForm) -> HttpResponse:
        raw = form.raw
        AutomationSection().load([raw], replace=False)
        message = _("The automation was saved. It is at work once it is published.")
        return self.done(message, reverse("automation_studio:edit", args=[raw["key"]]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kind=self.kind, record_type=self.record_type, row=self.row, **kwargs
        )


class AddView(_FormView):
    page_title = gettext_lazy("New automation")
    submit_label = gettext_lazy("Add automation")


class _One:
    kwargs: Mapping[str, Any]

    @cached_property
    def row(self) -> Automation:
        return get_object_or_404(Automation, key=self.kwargs["automation"])


def _address(found: AutomationDef) -> str:
    return inbound.address_of(found.key, found.trigger.get("renewed", 0))


def _signed(found: AutomationDef) -> list[tuple[str, str]]:
    """Where messages are posted to, and what the other side verifies them with."""
    return [
        (
            action.arguments.get("url", ""),
            shared_secrets.of_webhook(found.key, action.arguments.get("renewed", 0)),
        )
        for action in each(found.actions)
        if action.kind == CALL_WEBHOOK.key
    ]


class EditView(_One, _FormView):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = definition(self.row)
        last = len(found.actions) - 1
        actions = [
            (action, ACTIONS.get(action.kind), n > 0, n < last)
            for n, action in enumerate(found.actions)
        ]
        return super().get_context_data(
            sentence=sentence(found, self.copy.draft.snapshot),
            actions=actions,
            hook=_address(found) if found.kind == "hook" else "",
            signed=_signed(found),
            delete_url=reverse("automation_studio:delete", args=[self.row.key]),
            **kwargs,
        )


class DeleteView(_Trail, _One, ConfirmView):
    confirm_label = gettext_lazy("Delete the automation")

    def get_page_title(self) -> str:
        return _("Delete the automation %(name)s?") % {"name": self.row.label}

    def get_success_url(self) -> str:
        return reverse("automation_studio:all")

    def explanation(self) -> Sequence[str]:
        return [
            sentence(definition(self.row), self.copy.draft.snapshot),
            _(
                "Once this is published, it does not begin any more; what has begun is done to its end."
            ),
        ]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("The automation was deleted."))


class ActionKindsView(_Trail, _One, StudioView):
    template_name = "workflows/automations/studio/actions.html"
    page_title = gettext_lazy("Add an action")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row, kinds=ACTIONS.values(), **kwargs)


class _ActionFormView(_Trail, _One, GivingFormView):
    template_name = "workflows/automations/studio/action.html"
    form_class = ActionForm
    raw: Mapping[str, Any] = {}

    @property
    def kind(self) -> Action:
        raise NotImplementedError

    def get_page_title(self) -> str:
        return str(self.kind.label)

    def get_success_url(self) -> str:
        return reverse("automation_studio:edit", args=[self.row.key])

    def get_form_kwargs(self) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        record_type = snapshot.types.get(self.row.type)
        if record_type is None:
            raise Http404
        return {
            **super().get_form_kwargs(),
            "kind": self.kind,
            "record_type": record_type,
            "snapshot": snapshot,
            "user": self.user,
            "arguments": self.raw.get("arguments", {}),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind=self.kind, row=self.row, **kwargs)

    def form_valid(self, form: ActionForm) -> HttpResponse:
        with transaction.atomic():
            row = Automation.objects.select_for_update().get(pk=self.row.pk)
            row.actions = self.placed(list(row.actions), form.arguments)
            row.save(update_fields=["actions"])
        return self.done(_("The action was saved."))

    def placed(self, actions: list[Any], arguments: dict[str, Any]) -> list[Any]:
        raise NotImplementedError


class AddActionView(_ActionFormView):
    @property
    def kind(self) -> Action:
        try:
            return ACTIONS[self.kwargs["kind"]]
        except KeyError as error:
            raise Http404 from error

    def placed(self, actions: list[Any], arguments: dict[str, Any]) -> list[Any]:
        taken = {action.key for action in each(actions_of(actions))}
        key = propose_key(self.kind.key, taken=taken, fallback="action")
        return [*actions, {"key": key, "kind": self.kind.key, "arguments": arguments}]


class ActionView(_ActionFormView):
    @cached_property
    def raw(self) -> Mapping[str, Any]:  # type: ignore[override]
        found = [a for a in self.row.actions if a["key"] == self.kwargs["step"]]
        if not found:
            raise Http404
        return found[0]

    @property
    def kind(self) -> Action:
        try:
            return ACTIONS[self.raw["kind"]]
        except KeyError as error:
            raise Http404 from error

    def placed(self, actions: list[Any], arguments: dict[str, Any]) -> list[Any]:
        changed = {**self.raw, "arguments": arguments}
        return [changed if a["key"] == self.raw["key"] else a for a in actions]


class ArrangeView(_One, StudioMixin, View):
    """Up, down, or away."""

    def post(self, request: HttpRequest, automation: str) -> HttpResponse:
        with transaction.atomic():
            row = get_object_or_404(Automation.objects.select_for_update(), key=automation)
            actions = list(row.actions)
            place = next(
                (n for n, a in enumerate(actions) if a["key"] == request.POST.get("step")), None
            )
            if place is None:
                raise Http404
            taken = actions.pop(place)
            if request.POST.get("to") in ("up", "down"):
                there = place + (1 if request.POST["to"] == "down" else -1)
                actions.insert(max(there, 0), taken)
            row.actions = actions
            row.save(update_fields=["actions"])
        return HttpResponseRedirect(reverse("automation_studio:edit", args=[row.key]))


class TryView(_Trail, _One, StudioView):
    """What each action would do with a record that the administrator sees; nothing is done."""

    template_name = "workflows/automations/studio/try.html"

    def get_page_title(self) -> str:
        return _("Try %(name)s") % {"name": self.row.label}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("record", "")
        found, planned, holds = None, [], None
        access = access_of(self.request)
        automation = definition(self.row)
        if asked.isdigit():
            try:
                found = reading.get(int(asked), access=access)
            except NotVisible:
                found = None
        if found is not None and found.type.key == automation.type:
            # As the administrator, who then learns nothing that they may not read.
            planned = services.try_out(automation, found.id, access=access)
            holds = services.fits(automation, found.record, access.snapshot, noting=False)
        return super().get_context_data(
            row=self.row, asked=asked, record=found, planned=planned, holds=holds,
            missing=bool(asked) and found is None, **kwargs,
        )  # fmt: skip
