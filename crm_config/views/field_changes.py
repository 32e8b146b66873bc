"""Changing a field's kind, and archiving, restoring and deleting a field."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from crm_config import insights
from crm_config.definitions import FieldDef
from crm_config.errors import InUse
from crm_config.field_types import registry
from crm_config.forms.publishing import TypedConfirmation
from crm_config.insights import FieldFacts, RetypeImpact
from crm_config.models import Field
from crm_config.references import Reference
from crm_config.sections.base import Path
from crm_config.views.base import ConfirmView, StudioFormView, Trail
from crm_config.views.types import OfType, field_or_404
from crm_config.working_copy import fields


class OfField(OfType):
    @cached_property
    def field(self) -> Field:
        found: Field = field_or_404(self.record_type, self.kwargs["field"])
        return found

    @property
    def field_path(self) -> Path:
        return (*self.path, "fields", self.field.key)

    @property
    def field_url(self) -> str:
        return reverse("studio:field", args=[self.record_type.key, self.field.key])

    @property
    def published(self) -> bool:
        return self.copy.is_published(self.field_path)  # type: ignore[attr-defined]


class _AboutField(OfField, ConfirmView):
    def trail(self) -> Trail:
        return [
            (self.record_type.label, self.type_url),
            (self.field.label, self.field_url),
        ]

    def get_success_url(self) -> str:
        return self.field_url

    @cached_property
    def facts(self) -> FieldFacts | None:
        return insights.get().field_facts(self.record_type.key, self.field.key, user=self.user)

    def said_facts(self) -> list[str]:
        """How many records have a value; nothing where that is not known."""
        if self.facts is None:
            return []
        return [
            ngettext(
                "%(filled)s record has a value in it (%(percent)s %% of all).",
                "%(filled)s records have a value in it (%(percent)s %% of all).",
                self.facts.filled,
            )
            % {"filled": self.facts.filled, "percent": self.facts.percent}
        ]


class ArchiveFieldView(_AboutField):
    confirm_label = gettext_lazy("Archive field")
    danger = False

    def get_page_title(self) -> str:
        return _("Archive the field %(name)s?") % {"name": self.field.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        return fields.bar_archiving(self.field, self.copy)

    def explanation(self) -> Sequence[str]:
        return [
            *self.said_facts(),
            _(
                "Once published, it leaves forms, lists and searches. Its values are kept: when you "
                "restore it, they are there again."
            ),
        ]

    def perform(self, form: Any) -> HttpResponse:
        fields.archive_field(self.field)
        message = _("The field %(name)s was archived.") % {"name": self.field.label}
        return self.done(message, self.type_url + "#tab-fields")


class RestoreFieldView(OfField, StudioFormView):
    """By a button: it takes nothing away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        fields.restore_field(self.field)
        return self.done(_("The field %(name)s is in use again.") % {"name": self.field.label})

    def get_success_url(self) -> str:
        return self.type_url + "#tab-fields"


class DeleteFieldView(_AboutField):
    """What was published once must be confirmed by typing its key."""

    confirm_label = gettext_lazy("Delete field")

    def get_page_title(self) -> str:
        return _("Delete the field %(name)s?") % {"name": self.field.label}

    def get_form(self, form_class: Any = None) -> Any:
        if not self.published:
            return None
        return TypedConfirmation(**self.get_form_kwargs(), expected=self.field.key)

    @cached_property
    def blocking(self) -> list[Reference]:
        return fields.bar_deleting(self.field, self.copy)

    @cached_property
    def going_along(self) -> list[Reference]:
        blocking = set(self.blocking)
        return [r for r in self.copy.users_of(self.field_path) if r not in blocking]

    @property
    def refusal(self) -> str:
        trait = fields.needed_by_trait(self.field)
        if trait is None:
            return ""
        return _("The trait “%(trait)s” needs this field: archive it instead.") % {
            "trait": trait.label
        }

    def explanation(self) -> Sequence[str]:
        if not self.published:
            return [_("It was never published: no record has a value in it.")]
        return [
            *self.said_facts(),
            _(
                "Once published, its values can no longer be reached. If you are not sure, archive "
                "the field instead: then they come back with it."
            ),
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.field.label
        try:
            fields.delete_field(self.field, self.copy)
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.field_url)
        message = _("The field %(name)s was deleted.") % {"name": name}
        return self.done(message, self.type_url + "#tab-fields")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("New kind"))

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [t for t in registry.all_types().values() if t.key != field.type]
        self.fields["kind"].choices = [("", "---------"), *((t.key, t.label) for t in others)]  # type: ignore[attr-defined]


class RetypeFieldView(_AboutField):
    """First the new kind is chosen, then what it does to live values is shown, then it is confirmed."""

    template_name = "crm_config/studio/retype.html"
    confirm_label = gettext_lazy("Change kind")

    def get_page_title(self) -> str:
        return _("Change the kind of %(name)s") % {"name": self.field.label}

    def get_form(self, form_class: Any = None) -> KindForm:
        chosen = self.request.POST or (self.request.GET if "kind" in self.request.GET else None)
        return KindForm(chosen, field=self.field)

    @property
    def refusal(self) -> str:
        trait = fields.needed_by_trait(self.field)
        if trait is None:
            return ""
        return _("The trait “%(trait)s” needs this field as it is.") % {"trait": trait.label}

    def impact(self, kind: str) -> RetypeImpact | None:
        before = self.copy.field(self.record_type.key, self.field.key)
        known = {spec.key for spec in registry.get(kind).option_specs}
        after = FieldDef(
            record_type=before.record_type,
            key=before.key,
            type=registry.get(kind),
            labels=before.labels,
            options={k: v for k, v in before.options.items() if k in known},
            choices=before.choices if registry.get(kind).has_choices else (),
        )
        return insights.get().retype_impact(
            self.record_type.key, self.field.key, after, user=self.user
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        kind = form.cleaned_data["kind"] if form.is_bound and form.is_valid() else ""
        users = [r for r in self.copy.users_of(self.field_path) if not r.weak]
        return super().get_context_data(
            field=self.field,
            record_type=self.record_type,
            now=registry.get(self.field.type),
            chosen=registry.get(kind) if kind else None,
            impact=self.impact(kind) if kind and self.published else None,
            published=self.published,
            users=self.uses(users),
            **{**kwargs, "form": form},
        )

    def perform(self, form: Any) -> HttpResponse:
        fields.retype_field(self.field, form.cleaned_data["kind"])
        message = _("%(name)s is of the kind %(kind)s now. Check its settings.")
        kind = registry.get(self.field.type).label
        return self.done(message % {"name": self.field.label, "kind": kind})
