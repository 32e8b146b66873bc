"""On which records a grant or a right on a field holds."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import ACTIONS, FieldDef, TypeDef
from crm_config.forms.right_condition import FieldConditionForm, GrantConditionForm
from crm_config.models import FieldGrant, Role, TypeGrant
from crm_config.views.base import StudioFormView, Trail
from crm_config.words.access import ACTIONS as ACTION_WORDS
from crm_config.working_copy import rights


class _RightView(StudioFormView):
    header_icon = "key"

    def trail(self) -> Trail:
        return [
            (_("Roles"), reverse("studio:roles")),
            (self.role.label, self.get_success_url()),
        ]

    @cached_property
    def role(self) -> Role:
        return get_object_or_404(Role.in_use, key=self.kwargs["role"])

    @cached_property
    def record_type(self) -> TypeDef:
        found = self.copy.draft.snapshot.types.get(self.kwargs["record_type"])
        if found is None:
            raise Http404
        return found

    def get_success_url(self) -> str:
        return reverse("studio:role", args=[self.role.key])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
        }


class GrantConditionView(_RightView):
    form_class = GrantConditionForm

    @cached_property
    def action(self) -> str:
        if self.kwargs["action"] not in ACTIONS:
            raise Http404
        return str(self.kwargs["action"])

    def get_page_title(self) -> str:
        return _("%(role)s: %(action)s %(type)s if…") % {
            "role": self.role.label,
            "action": ACTION_WORDS[self.action],
            "type": self.record_type.plural_label,
        }

    def get_initial(self) -> dict[str, Any]:
        rows = TypeGrant.objects.filter(role=self.role, record_type=self.record_type.key)
        found = rows.filter(action=self.action).first()
        return {"condition": found.condition if found else None}

    def form_valid(self, form: GrantConditionForm) -> HttpResponse:
        condition = form.cleaned_data["condition"]
        rights.set_condition(self.role, self.record_type.key, self.action, condition)
        return self.done(_("The condition was saved."))


class FieldConditionView(_RightView):
    form_class = FieldConditionForm

    @cached_property
    def field(self) -> FieldDef:
        found = self.record_type.fields.get(self.kwargs["field"])
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return _("%(role)s: %(field)s of %(type)s if…") % {
            "role": self.role.label,
            "field": self.field.label,
            "type": self.record_type.plural_label,
        }

    def get_initial(self) -> dict[str, Any]:
        rows = FieldGrant.objects.filter(role=self.role, record_type=self.record_type.key)
        found = rows.filter(field=self.field.key).first()
        access = found.access if found and found.access != rights.HIDDEN else "read"
        return {"access": access, "condition": found.condition if found else None}

    def form_valid(self, form: FieldConditionForm) -> HttpResponse:
        found = form.cleaned_data
        rights.set_field_condition(
            self.role, self.record_type.key, self.field.key, found["access"], found["condition"]
        )
        return self.done(_("The right was saved."))
