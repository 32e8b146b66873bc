"""Steering a run: it goes on, is done once more, or ends. For those who operate."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from jobs.views import ConfirmedAction
from records.asker import access_of
from workflows.automations import services
from workflows.models import AutomationRun


class RunAction(ConfirmedAction):
    def find(self, request: HttpRequest, pk: int) -> AutomationRun:
        if not request.user.has_perm("workflows.change_automationrun"):
            raise PermissionDenied
        return get_object_or_404(AutomationRun, pk=pk)

    def default_url(self) -> str:
        return reverse("operations_automations_modeladmin_index")


class RetryView(RunAction):
    verb = gettext_lazy("Go on")
    question = gettext_lazy("It goes on with the action that it stopped at.")
    success = gettext_lazy("It goes on.")

    def act(self) -> None:
        services.retry(self.subject)


class ReplayView(RunAction):
    verb = gettext_lazy("Do once more")
    question = gettext_lazy("All its actions are done once more, as they are published now.")
    success = gettext_lazy("It begins once more.")

    def act(self) -> None:
        user: Any = access_of(self.request).user
        services.replay(self.subject, by=user)


class CancelView(RunAction):
    verb = gettext_lazy("Cancel")
    question = gettext_lazy("What was done stays; the rest is left.")
    success = gettext_lazy("It was cancelled.")

    def act(self) -> None:
        services.cancel(self.subject)
