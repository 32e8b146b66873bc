"""Adding and changing a field."""

from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import insights
from crm_config.field_types import registry
from crm_config.field_types.base import FieldType
from crm_config.forms.choices import ChoiceFormSet, choice_formset
from crm_config.forms.field import FieldForm
from crm_config.models import Field
from crm_config.panels import DataSidePanel, UsedBySidePanel
from crm_config.sections.base import Path
from crm_config.views.base import StudioFormView, StudioView, Trail
from crm_config.views.types import OfType, field_or_404
from crm_config.working_copy import fields

GROUPS = {
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("Numbers"),
    "time": gettext_lazy("Date and time"),
    "choice": gettext_lazy("Choices"),
    "contact": gettext_lazy("Contact"),
    "link": gettext_lazy("Links and people"),
    "file": gettext_lazy("Files"),
    "computed": gettext_lazy("Worked out by itself"),
}


def gallery() -> list[tuple[Any, list[FieldType]]]:
    """The kinds of field by group, in the registry's order."""
    order = list(GROUPS)
    kinds = sorted(registry.all_types().values(), key=lambda t: order.index(t.group))
    return [(GROUPS[name], list(members)) for name, members in groupby(kinds, lambda t: t.group)]


class KindsView(OfType, StudioView):
    """The gallery: what kind of field shall it be?"""

    template_name = "crm_config/studio/kinds.html"
    page_title = gettext_lazy("New field")

    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        section = self.request.GET.get("section", "")
        return super().get_context_data(
            groups=gallery(),
            record_type=self.record_type,
            query=f"&section={section}" if section.isidentifier() else "",
            next_url=reverse("studio:field_add", args=[self.record_type.key]),
            **kwargs,
        )


class _FieldFormView(OfType, StudioFormView):
    """A form for a field, with the editor of its options where its kind has any."""

    template_name = "crm_config/studio/field_form.html"
    form_class = FieldForm

    @cached_property
    def field(self) -> Field | None:
        return None

    @property
    def kind(self) -> str:
        raise NotImplementedError

    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]

    def get_success_url(self) -> str:
        return self.type_url + "#tab-fields"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "kind": self.kind,
            "record_type": self.record_type,
            "copy": self.copy,
            "languages": self.languages,
            "user": self.user,
            "field": self.field,
        }

    @cached_property
    def choices(self) -> ChoiceFormSet | None:
        return self.choice_editor()

    def choice_editor(self) -> ChoiceFormSet | None:
        if not registry.get(self.kind).has_choices:
            return None
        return choice_formset(
            self.request.POST or None,
            field=self.field,
            languages=self.languages,
            removable=self._unpublished_options(),
        )

    def _unpublished_options(self) -> frozenset[str]:
        """Options that nobody can have chosen yet: they may be taken away."""
        if self.field is None:
            return frozenset()
        path: Path = (*self.path, "fields", self.field.key)
        return frozenset(
            option.key
            for option in self.field.choices.all()
            if not self.copy.is_published((*path, "choices", option.key))
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form: FieldForm = self.get_form()
        fine = True
        if self.choices is not None:
            fine = self.choices.is_valid()
            if fine:
                form.choices, form.presets = self.choices.choices, self.choices.presets
        return self.form_valid(form) if form.is_valid() and fine else self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            record_type=self.record_type,
            field=self.field,
            type=registry.get(self.kind),
            choices=self.choices,
            **kwargs,
        )


class AddFieldView(_FieldFormView):
    submit_label = gettext_lazy("Add field")

    @property
    def kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        if kind not in registry.all_types():
            raise Http404
        return kind

    def get_page_title(self) -> str:
        return _("New field: %(kind)s") % {"kind": registry.get(self.kind).label}

    def get_header_icon(self) -> str:
        return str(registry.get(self.kind).icon)

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("section")
        return {"section": asked} if asked else {}

    def form_valid(self, form: FieldForm) -> HttpResponse:
        values = {"key": form.field_key, "type": self.kind, **form.values}
        field = fields.add_field(
            self.record_type,
            values,
            choices=form.choices or (),
            in_list=form.cleaned_data["in_list"],
        )
        message = _("The field %(name)s was added.") % {"name": field.label}
        if "another" in self.request.POST:
            return self.done(message, reverse("studio:kinds", args=[self.record_type.key]))
        return self.done(message)


class FieldView(_FieldFormView):
    @cached_property
    def field(self) -> Field:
        found: Field = field_or_404(self.record_type, self.kwargs["field"])
        return found

    @property
    def kind(self) -> str:
        return self.field.type

    def get_page_title(self) -> str:
        return str(self.field.label)

    def get_header_icon(self) -> str:
        return str(registry.get(self.kind).icon)

    def form_valid(self, form: FieldForm) -> HttpResponse:
        fields.change_field(self.field, form.values, choices=form.choices)
        return self.done(_("The field %(name)s was saved.") % {"name": self.field.label})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path = (*self.path, "fields", self.field.key)
        references = self.uses(self.copy.users_of(path))
        facts = insights.get().field_facts(self.record_type.key, self.field.key, user=self.user)
        return super().get_context_data(
            side_panels=[
                UsedBySidePanel(self.field, self.request, uses=references),
                DataSidePanel(self.field, self.request, facts=facts),
            ],
            needed_by=fields.needed_by_trait(self.field),
            **kwargs,
        )

    @cached_property
    def choices(self) -> ChoiceFormSet | None:
        """Each option with the number of records that hold it."""
        editor = self.choice_editor()
        if editor is not None:
            counts = insights.get().option_counts(self.record_type.key, self.field.key)
            for form in editor.forms:
                form.record_count = counts.get(form.initial.get("known", ""))
        return editor
