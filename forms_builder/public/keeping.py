"""Answers that are kept before they are sent: with files at once, when a page is turned, or for later by a link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from forms_builder import drafts, guards
from forms_builder.models import FormDraft
from forms_builder.public.filling import Filling
from forms_builder.public.sealing import Seal
from forms_builder.public.showing import ShowsForm


class TooManyKept(Exception):
    """One address keeps more than it may: nothing further is stored for it."""


class KeepsAnswers(ShowsForm):
    def keep(self, filling: Filling, seal: Seal, request: HttpRequest) -> Seal:
        """In a draft. Raises `TooManyKept`."""
        said = {
            "values": filling.values,
            "files": filling.files,
            "fixed": filling.fixed,
            "step": filling.step,
            "language": self.language,
        }
        if seal.draft and (row := drafts.find(seal.draft, self.form.key)) is not None:
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
            return seal
        sender = guards.sender_of(request)
        if guards.too_many_drafts(self.form, sender):
            raise TooManyKept
        row = FormDraft.objects.create(form=self.form.key, sender=sender, **said)
        return seal.with_draft(row.token)

    def saved(self, filling: Filling, seal: Seal) -> HttpResponse:
        link = self.request.build_absolute_uri(self.address("go_on", self.form.slug, seal.draft))
        message = _(
            "Your answers are kept for 30 days. Keep this link to go on; whoever has it can read them."
        )
        return self.told(_("Kept for later"), message, link=link)

    def typed(self, request: HttpRequest) -> list[str]:
        """What somebody wrote before the form was closed, to copy it."""
        texts = [v for k, v in request.POST.items() if k.startswith("i-") and str(v).strip()]
        return [str(text)[:5000] for text in texts]

    def enough(self) -> str:
        return _(
            "Much was sent from your network just now. Wait an hour and send again; your answers stay here."
        )
