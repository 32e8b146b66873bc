"""Archiving, restoring, and deleting for ever: asked first, with what goes along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from records import services
from records.forms import asking
from records.forms.reasons import APPROVAL, WARNED, Asked, given
from records.forms.submit import CHANNEL
from records.gate import Change
from records.selectors.going_along import going_along
from records.selectors.names import record_url
from records.views.base import RecordScreen, list_url


class RemovalView(RecordScreen):
    """What the three ask and do."""

    template_name = "records/removal.html"
    action: Any
    verb: Any
    question: Any
    done_message: Any
    #: Whether it cannot be undone.
    final = False
    takes_along = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("delete")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("delete")
        title, record_type = self.record.title, self.record_type
        change = Change(self.action, id=self.record.id, acknowledged=given(request.POST))
        outcome = services.execute_one(change, access=self.access, channel=CHANNEL)
        if not outcome.ok:
            if (address := asking.ask_by(request.POST, outcome, self.access)) is not None:
                messages.success(request, _("Approval was asked for."))
                return HttpResponseRedirect(address)
            if asked := Asked.of(outcome.refusals, request.POST):
                others = [r for r in outcome.refusals if r.code not in (WARNED, APPROVAL)]
                context = self.get_context_data(form=asked, others=others)
                return self.render_to_response(context)
            for refusal in outcome.refusals:
                messages.error(request, str(refusal.message))
            return HttpResponseRedirect(record_url(self.record.id))
        messages.success(request, str(self.done_message) % {"title": title})
        stays = self.action == "restore"
        return HttpResponseRedirect(record_url(self.record.id) if stays else list_url(record_type))

    def get_page_title(self) -> str:
        return str(self.verb)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        along = None
        if self.takes_along:
            along = going_along(self.record, deleting=self.final, access=self.access)
        return super().get_context_data(
            verb=self.verb, question=self.question, final=self.final, along=along, **kwargs
        )


class ArchiveView(RemovalView):
    action = "archive"
    verb = gettext_lazy("Archive")
    question = gettext_lazy(
        "It leaves the lists, and can be found and restored under “Archived ones”."
    )
    done_message = gettext_lazy("“%(title)s” is archived.")


class RestoreView(RemovalView):
    action = "restore"
    verb = gettext_lazy("Restore")
    question = gettext_lazy("It comes back into the lists as it was.")
    done_message = gettext_lazy("“%(title)s” is restored.")
    takes_along = False


class DeleteView(RemovalView):
    action = "delete"
    verb = gettext_lazy("Delete for ever")
    question = gettext_lazy("It goes with its whole history, and cannot be brought back.")
    done_message = gettext_lazy("“%(title)s” is deleted.")
    final = True
