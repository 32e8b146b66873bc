"""Mail templates in the studio: all of them, writing one, looking at it on a record, and sending it to oneself."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.references import Reference
from crm_config.sections.base import Path
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.words.plain import language
from crm_config.working_copy.reading import WorkingCopy
from records.access import Access
from records.asker import access_of
from records.errors import NotVisible
from records.selectors import Query, first_rows, reading, views_of
from workflows.actions.send_mail import Letter, alternative, written
from workflows.automations.definitions import TEMPLATES, TemplateDef
from workflows.automations.forms.template import PreviewForm, TemplateForm
from workflows.automations.merge_fields import offers
from workflows.models import MailTemplate

#: The records that a template is looked at with: those that were changed last.
OFFERED = 20


def screen(path: Path) -> str:
    return reverse("template_studio:edit", args=[path[1]]) if path[1:] else ""


def definition(row: MailTemplate) -> TemplateDef:
    return TemplateDef(row.key, row.type, row.labels, row.subject, row.body, row.retired)


class _Trail:
    header_icon = "mail"

    def trail(self) -> Trail:
        return [(_("Mail templates"), reverse("template_studio:all"))]

    def get_success_url(self) -> str:
        return reverse("template_studio:all")


class TemplatesView(StudioView):
    template_name = "workflows/automations/studio/templates.html"
    page_title = gettext_lazy("Mail templates")
    header_icon = "mail"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("template_studio:types")
        return [HeaderButton(_("New mail template"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        types = self.copy.draft.snapshot.types
        rows = [
            {
                "row": row,
                "about": types[row.type].plural_label if row.type in types else row.type,
                "languages": ", ".join(language(code) for code in row.body),
                "changed": self.copy.changed((TEMPLATES, row.key)),
            }
            for row in MailTemplate.objects.order_by("retired", "key")
        ]
        return super().get_context_data(rows=rows, **kwargs)


class TypesView(_Trail, StudioView):
    """About which records."""

    template_name = "workflows/automations/studio/template_types.html"
    page_title = gettext_lazy("New mail template")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(types=self.copy.draft.snapshot.active_types, **kwargs)


class _FormView(_Trail, StudioFormView):
    template_name = "workflows/automations/studio/template.html"
    form_class = TemplateForm
    row: MailTemplate | None = None
    kwargs: Mapping[str, Any]

    @cached_property
    def record_type(self) -> TypeDef:
        key = self.row.type if self.row else self.request.GET.get("type", "")
        try:
            return self.copy.draft.snapshot.types[key]
        except KeyError as error:
            raise Http404 from error

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "languages": self.languages,
            "record_type": self.record_type,
            "row": self.row,
            "taken": set(MailTemplate.objects.values_list("key", flat=True)),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            record_type=self.record_type,
            row=self.row,
            offers=offers(self.record_type, self.copy.draft.snapshot),
            **kwargs,
        )


class AddView(_FormView):
    page_title = gettext_lazy("New mail template")
    submit_label = gettext_lazy("Add mail template")

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        row = MailTemplate.objects.create(key=form.key, type=self.record_type.key, **form.values)
        message = _("The mail template %(name)s was added. It can be used once it is published.")
        url = reverse("template_studio:edit", args=[row.key])
        return self.done(message % {"name": row.label}, url)


class _One(_Trail):
    kwargs: Mapping[str, Any]
    copy: WorkingCopy

    @cached_property
    def row(self) -> MailTemplate:
        return get_object_or_404(MailTemplate, key=self.kwargs["template"])

    @cached_property
    def used_by(self) -> list[Reference]:
        return list(self.copy.users_of((TEMPLATES, self.row.key)))


class EditView(_One, _FormView):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [self.row.key]
        return super().get_context_data(
            preview_url=reverse("template_studio:preview", args=names),
            archive_url=reverse("template_studio:archive", args=names),
            delete_url=reverse("template_studio:delete", args=names),
            used_by=self.uses(self.used_by),
            **kwargs,
        )

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        for name, value in form.values.items():
            setattr(self.row, name, value)
        self.row.save(update_fields=list(form.values))
        url = reverse("template_studio:edit", args=[self.row.key])
        return self.done(_("The mail template was saved."), url)


class ArchiveView(_One, StudioFormView):
    """By a button, both ways."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row.retired = not self.row.retired
        self.row.save(update_fields=["retired"])
        message = (
            _("The mail template was archived.")
            if self.row.retired
            else _("The mail template is in use again.")
        )
        return self.done(message, reverse("template_studio:edit", args=[self.row.key]))


class DeleteView(_One, ConfirmView):
    confirm_label = gettext_lazy("Delete mail template")

    def get_page_title(self) -> str:
        return _("Delete the mail template %(name)s?") % {"name": self.row.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        return [reference for reference in self.used_by if not reference.weak]

    def explanation(self) -> Sequence[str]:
        return [_("Mails that were sent stay where they are.")]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("The mail template was deleted."))


class PreviewView(_One, StudioView):
    """GET shows it, filled with what the administrator may read; POST sends that to their own address."""

    template_name = "workflows/automations/studio/template_preview.html"

    def get_page_title(self) -> str:
        return _("Look at %(name)s") % {"name": self.row.label}

    def trail(self) -> Trail:
        url = reverse("template_studio:edit", args=[self.row.key])
        return [*super().trail(), (self.row.label, url)]

    @cached_property
    def access(self) -> Access:
        return access_of(self.request)

    @cached_property
    def record_type(self) -> TypeDef | None:
        """As it is published: records are of that."""
        found = self.access.snapshot.types.get(self.row.type)
        return found if found is not None and self.access.may("view", found) else None

    @cached_property
    def records(self) -> list[tuple[int, str]]:
        if self.record_type is None:
            return []
        query = Query(self.record_type, sort="-modified_at", columns=("title",))
        rows = first_rows(query, access=self.access, size=OFFERED)
        return [
            (view.id, view.title) for view in views_of(rows, access=self.access, keys=("title",))
        ]

    def form(self, data: Any) -> PreviewForm:
        """A record that is named in the address may be any that one sees."""
        asked = data.get("record", "")
        known = list(self.records)
        if asked.isascii() and asked.isdigit() and int(asked) not in dict(known):
            known.append((int(asked), f"#{asked}"))
        languages = [(code, language(code)) for code in self.languages]
        first = {"record": known[0][0] if known else "", "language": self.languages[0]}
        return PreviewForm({**first, **data.dict()}, records=known, languages=languages)

    def letter(self, form: PreviewForm) -> Letter | None:
        if not form.is_valid():
            return None
        try:
            view = reading.get(form.cleaned_data["record"], access=self.access)
        except NotVisible:
            return None
        if view.type.key != self.row.type:
            return None
        return written(definition(self.row), view, self.user.email, form.cleaned_data["language"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form(self.request.GET)
        return super().get_context_data(
            row=self.row, form=form, letter=self.letter(form), any=bool(self.records), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        letter = self.letter(self.form(request.POST))
        if letter is None:
            messages.error(request, _("There is no such record, or you may not see it."))
        elif not letter.to:
            messages.error(request, _("There is no mail address in your account."))
        else:
            self._send(letter)
        asked = (
            f"record={request.POST.get('record', '')}&language={request.POST.get('language', '')}"
        )
        url = reverse("template_studio:preview", args=[self.row.key])
        return HttpResponseRedirect(f"{url}?{asked}")

    def _send(self, letter: Letter) -> None:
        mail = EmailMultiAlternatives(
            _("Test: %(subject)s") % {"subject": letter.subject}, letter.text, to=[letter.to]
        )
        mail.attach_alternative(alternative(letter.text), "text/html")
        try:
            mail.send()
        except (OSError, smtplib.SMTPException) as error:
            said = _("The mail server does not take it: %(why)s")
            messages.error(self.request, said % {"why": error})
        else:
            messages.success(self.request, _("Sent to %(address)s.") % {"address": letter.to})
