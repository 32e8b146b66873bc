"""Roles: who they are given to, and the matrix of what they may do."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config import role_buttons
from crm_config.definitions import ACTIONS
from crm_config.forms.people import RoleMembersForm
from crm_config.forms.role import RightsForm, RoleForm
from crm_config.models import Role, User
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.views.matrix import overview, rights_of_role, save_rights
from crm_config.views.members import MembersHistoryView
from crm_config.words import Vocabulary, access
from crm_config.working_copy import roles


class RolesView(StudioView):
    """The roles, and for one action who reaches what."""

    template_name = "crm_config/studio/roles.html"
    page_title = gettext_lazy("Roles")
    header_icon = "key"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("studio:role_add")
        return [HeaderButton(_("New role"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = list(Role.in_use.prefetch_related("grants", "group__user_set").order_by("key"))
        asked = self.request.GET.get("action", "")
        action = asked if asked in ACTIONS else ACTIONS[0]
        return super().get_context_data(
            roles=known,
            action=action,
            actions=access.ACTIONS.items(),
            overview=overview(self.copy.draft.snapshot.active_types, known, action),
            **kwargs,
        )


class _RoleTrail:
    kwargs: dict[str, Any]

    def trail(self) -> Trail:
        return [(_("Roles"), reverse("studio:roles"))]

    @cached_property
    def role(self) -> Role:
        rows = Role.in_use.select_related("group").prefetch_related("grants", "field_grants")
        return get_object_or_404(rows, key=self.kwargs["role"])


class AddRoleView(_RoleTrail, StudioFormView):
    template_name = "crm_config/studio/role_form.html"
    form_class = RoleForm
    page_title = gettext_lazy("New role")
    header_icon = "key"
    submit_label = gettext_lazy("Add role")

    def get_success_url(self) -> str:
        return reverse("studio:roles")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": self.languages}

    def form_valid(self, form: RoleForm) -> HttpResponse:
        role = roles.add_role(
            key=form.cleaned_data["key"],
            labels=form.labels,
            administers=form.cleaned_data["administers"],
            like=form.cleaned_data["like"],
        )
        message = _("The role %(name)s was added.") % {"name": role.label}
        return self.done(message, reverse("studio:role", args=[role.key]))


class RoleView(_RoleTrail, StudioFormView):
    """Tabs: rights, members, settings."""

    template_name = "crm_config/studio/role.html"
    header_icon = "key"

    def get_page_title(self) -> str:
        return str(self.role.label)

    def get_header_buttons(self) -> list[Any]:
        return role_buttons.buttons(self.role)

    def get_success_url(self) -> str:
        return reverse("studio:role", args=[self.role.key])

    def get_form(self, form_class: Any = None) -> None:
        return None

    def settings_form(self, data: Any = None) -> RoleForm:
        return RoleForm(data, languages=self.languages, role=self.role)

    def members_form(self, data: Any = None) -> RoleMembersForm:
        members = {"members": list(self.role.group.user_set.values_list("pk", flat=True))}
        return RoleMembersForm(data, initial=members, role=self.role, by=self.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        save = {
            "rights": self.save_rights,
            "members": self.save_members,
            "settings": self.save_settings,
        }.get(request.POST.get("part", ""))
        return save(request.POST) if save else HttpResponseBadRequest()

    def save_rights(self, data: Any) -> HttpResponse:
        types = self.copy.draft.snapshot.active_types
        fields = {t.key: list(t.fields) for t in types}
        form = RightsForm(data, roles=[self.role], fields=fields)
        if not form.is_valid():
            return self.refuse(rights_errors=form.errors)
        save_rights(form)
        message = _("The rights of %(name)s were saved.") % {"name": self.role.label}
        return self.done(message, self.next_condition())

    def next_condition(self) -> str:
        """Where the first scope “if…” that says nothing yet is told its condition; empty where none waits."""
        waiting = self.role.grants.filter(scope="condition", condition__isnull=True).first()
        if waiting is None:
            return ""
        place = [self.role.key, waiting.record_type, waiting.action]
        return reverse("studio:grant_condition", args=place)

    def save_members(self, data: Any) -> HttpResponse:
        form = self.members_form(data)
        if not form.is_valid():
            return self.refuse(members_form=form)
        chosen: list[User] = list(form.cleaned_data["members"])
        roles.set_members(self.role, chosen)
        message = ngettext(
            "%(name)s has %(count)s member.", "%(name)s has %(count)s members.", len(chosen)
        ) % {"name": self.role.label, "count": len(chosen)}
        return self.done(message, self.get_success_url() + "#tab-members")

    def save_settings(self, data: Any) -> HttpResponse:
        form = self.settings_form(data)
        if not form.is_valid():
            return self.refuse(settings_form=form)
        roles.change_role(
            self.role, labels=form.labels, administers=form.cleaned_data["administers"]
        )
        return self.done(
            _("The role %(name)s was saved.") % {"name": self.role.label},
            self.get_success_url() + "#tab-settings",
        )

    def refuse(self, **context: Any) -> HttpResponse:
        messages.error(self.request, self.refused)
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("settings_form", self.settings_form())
        kwargs.setdefault("members_form", self.members_form())
        types = self.copy.draft.snapshot.active_types
        context = super().get_context_data(
            role=self.role,
            rights=rights_of_role(self.role, types, Vocabulary.of(self.copy.payload).condition),
            member_count=len(kwargs["members_form"]["members"].initial or ()),
            **kwargs,
        )
        context["media"] = context["settings_form"].media + context["members_form"].media
        return context


class RoleHistoryView(_RoleTrail, MembersHistoryView):
    def trail(self) -> Trail:
        url = reverse("studio:role", args=[self.role.key]) + "#tab-members"
        return [*super().trail(), (self.role.label, url)]

    def instance(self) -> Role:
        return self.role


class DeleteRoleView(_RoleTrail, ConfirmView):
    confirm_label = gettext_lazy("Delete role")

    def get_page_title(self) -> str:
        return _("Delete the role %(name)s?") % {"name": self.role.label}

    def get_success_url(self) -> str:
        return reverse("studio:role", args=[self.role.key]) + "#tab-settings"

    @cached_property
    def blocking(self) -> list[Any]:
        return self.copy.users_of(("roles", self.role.key))

    def explanation(self) -> Sequence[str]:
        count = self.role.group.user_set.count()
        return [
            ngettext(
                "%(count)s person has this role and loses it when this is published.",
                "%(count)s people have this role and lose it when this is published.",
                count,
            )
            % {"count": count}
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.role.label
        roles.remove_role(self.role)
        return self.done(
            _("The role %(name)s was deleted.") % {"name": name}, reverse("studio:roles")
        )
