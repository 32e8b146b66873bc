"""After a public form was sent: what was sent, and the confirmation of an address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from crm_config import labels
from forms_builder import services
from forms_builder.definitions import forms_of
from forms_builder.models import Submission
from forms_builder.public.base import EMBED, PublicView


class DoneView(PublicView):
    """What was sent, by its token. Of a form that is not there any more too."""

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        row = Submission.objects.filter(token=token).first()
        form = forms_of(self.snapshot).get(row.form) if row else None
        if row is None or form is None or form.slug != slug:
            raise Http404
        self.form = form
        redirect = form.settings.get("redirect")
        if redirect and row.status == Submission.Status.ACCEPTED and EMBED not in request.GET:
            return HttpResponseRedirect(redirect)
        waiting = row.status == Submission.Status.WAITING
        message = (
            _(
                "One step is left: we have sent you a mail. Open the link in it to confirm your address."
            )
            if waiting
            else labels.text(form.done) or _("Thank you. We have what you sent.")
        )
        title = _("Confirm your address") if waiting else _("Thank you")
        return self.told(title, message, reference=row.reference)


class ConfirmView(PublicView):
    """A button, for programs that look at mails open links too."""

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        row = self.row(slug, token)
        if row.status != Submission.Status.WAITING:
            return self.over(row)
        return self.page("confirm", action=self.address("confirm", slug, token))

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        row = self.row(slug, token)
        if row.status != Submission.Status.WAITING:
            return self.over(row)
        row = services.confirm(row)
        message = labels.text(self.form.done) or _("Thank you. Your address is confirmed.")
        return self.told(_("Confirmed"), message, reference=row.reference)

    def row(self, slug: str, token: str) -> Submission:
        row = Submission.objects.filter(token=token).first()
        form = forms_of(self.snapshot).get(row.form) if row else None
        if row is None or form is None or form.slug != slug:
            raise Http404
        self.form = form
        return row

    def over(self, row: Submission) -> HttpResponse:
        if row.status == Submission.Status.REFUSED:
            message = _("The time to confirm is over. Fill in the form once more.")
            return self.told(_("Too late"), message, status=410)
        return self.told(_("Confirmed"), _("Your address is confirmed."), reference=row.reference)
