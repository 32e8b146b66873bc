"""Handing out the addresses of a form that only those fill in who were asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.live import live
from crm_config.views.base import StudioFormView
from forms_builder.definitions import FormDef, forms_of
from forms_builder.public.base import TOKEN
from forms_builder.public.sealing import invitation
from forms_builder.views.studio.base import InForm

MOST = 500
LONGEST = 100


class InvitationsForm(forms.Form):
    names = forms.CharField(
        label=gettext_lazy("Who is asked"),
        help_text=gettext_lazy(
            "One a line: a name or an e-mail address. Each gets an address of their own, and sends the form once by it."
        ),
        widget=forms.Textarea({"rows": 8}),
        max_length=MOST * (LONGEST + 2),
    )

    def clean_names(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST:
            raise forms.ValidationError(
                _("At most %(most)s at once.") % {"most": MOST}, code="too_many"
            )
        if too_long := next((line for line in found if len(line) > LONGEST), ""):
            message = _("“%(text)s…” is too long for a name.") % {"text": too_long[:30]}
            raise forms.ValidationError(message, code="too_long")
        return found


class InvitationsView(InForm, StudioFormView):
    """Nothing is kept: whoever is named again gets an address that does the same."""

    template_name = "forms_builder/studio/invitations.html"
    form_class = InvitationsForm
    page_title = gettext_lazy("Invitations")
    submit_label = gettext_lazy("Make addresses")

    def get_form_kwargs(self) -> dict[str, Any]:
        self._insist()
        return super().get_form_kwargs()

    def _insist(self) -> None:
        if not asks_by_token(self.definition):
            raise Http404

    @property
    def published(self) -> FormDef | None:
        """As people reach it: the address of the working copy may not be there yet."""
        found = forms_of(live()).get(self.row.key)
        return found if found and not found.retired and asks_by_token(found) else None

    def form_valid(self, form: InvitationsForm) -> HttpResponse:
        rows = [(name, self.address(name)) for name in form.cleaned_data["names"]]
        together = "\n".join(f"{name}\t{url}" for name, url in rows)
        return self.render_to_response(
            self.get_context_data(form=form, rows=rows, together=together)
        )

    def address(self, name: str) -> str:
        form = self.published or self.definition
        query = urlencode({TOKEN: invitation(form.key, name)})
        path = reverse("public_forms:form", args=[form.slug])
        return self.request.build_absolute_uri(f"{path}?{query}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row, published=self.published, **kwargs)


def asks_by_token(form: FormDef) -> bool:
    return form.channel == "public" and bool(form.settings.get("by_token"))
