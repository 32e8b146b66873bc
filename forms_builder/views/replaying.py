"""Doing once more what was held: for those who operate."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from forms_builder import services
from forms_builder.inbound import services as inbound
from forms_builder.models import InboundMessage, Submission
from jobs.views import ConfirmedAction


class ReplaySubmissionView(ConfirmedAction):
    verb = gettext_lazy("Replay")
    question = gettext_lazy("It is handled once more, by the form as it is published now.")
    success = gettext_lazy("It was handled once more: its status says what became of it.")

    def find(self, request: HttpRequest, pk: int) -> Submission:
        if not request.user.has_perm("forms_builder.change_submission"):
            raise PermissionDenied
        return get_object_or_404(Submission, pk=pk)

    def default_url(self) -> str:
        return reverse("operations_submissions_modeladmin_index")

    def act(self) -> None:
        services.replay(self.subject)


class ReplayMessageView(ConfirmedAction):
    verb = gettext_lazy("Replay")
    question = gettext_lazy(
        "It is read once more, by the hook and the form as they are published now."
    )
    success = gettext_lazy("It was read once more: its status says what became of it.")

    def find(self, request: HttpRequest, pk: int) -> InboundMessage:
        if not request.user.has_perm("forms_builder.change_inboundmessage"):
            raise PermissionDenied
        return get_object_or_404(InboundMessage, pk=pk)

    def default_url(self) -> str:
        return reverse("operations_inbound_modeladmin_index")

    def act(self) -> None:
        inbound.replay(self.subject)
