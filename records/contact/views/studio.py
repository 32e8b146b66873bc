"""The contact budget in the studio: its rules, and how the people of each record type are written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.sections.base import Path
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from records.contact.definitions import BUDGET, PEOPLE, PeopleDef, RuleDef
from records.contact.forms.people import PeopleForm, TypeForm, types_left
from records.contact.forms.rule import RuleForm
from records.contact.sections import BudgetSection, PeopleSection
from records.contact.words import sentence
from records.models import BudgetRule, ContactPeople

OBJECT = 2


def screen(path: Path) -> str:
    """Where the object of a path is changed."""
    if len(path) < OBJECT:
        return reverse("contact_studio:all")
    return reverse(f"contact_studio:{'rule' if path[0] == BUDGET else 'people'}", args=[path[1]])


class _Below:
    """Screens under the list."""

    kwargs: Mapping[str, Any]
    header_icon = "mail"

    def trail(self) -> Trail:
        return [(_("Contact budget"), reverse("contact_studio:all"))]

    def get_success_url(self) -> str:
        return reverse("contact_studio:all")


class BudgetView(StudioView):
    template_name = "records/contact/studio/budget.html"
    page_title = gettext_lazy("Contact budget")
    header_icon = "mail"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("contact_studio:rule_add")
        return [HeaderButton(_("New rule"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        rules: Mapping[str, RuleDef] = snapshot.sections.get(BUDGET) or {}
        people: Mapping[str, PeopleDef] = snapshot.sections.get(PEOPLE) or {}
        return super().get_context_data(
            rows=[(r, sentence(r.most, r.days, r.kinds)) for r in rules.values()],
            people=[snapshot.types[key] for key in people if key in snapshot.types],
            more=types_left(self.copy.draft),
            **kwargs,
        )


class _RuleFormView(_Below, StudioFormView):
    template_name = "records/contact/studio/form.html"
    form_class = RuleForm
    row: BudgetRule | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"draft": self.copy.draft, "languages": self.languages, "rule": self.row}
        return {**super().get_form_kwargs(), **more}

    def form_valid(self, form: RuleForm) -> HttpResponse:
        BudgetSection().load([form.raw], replace=False)
        return self.done(_("The rule was saved. It counts once it is published."))


class AddRuleView(_RuleFormView):
    page_title = gettext_lazy("New rule of the contact budget")
    submit_label = gettext_lazy("Add rule")


class _OneRule:
    kwargs: Mapping[str, Any]

    @cached_property
    def row(self) -> BudgetRule:
        return get_object_or_404(BudgetRule, key=self.kwargs["rule"])


class RuleView(_OneRule, _RuleFormView):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("contact_studio:rule_delete", args=[self.row.key])
        return super().get_context_data(delete_url=url, **kwargs)


class DeleteRuleView(_OneRule, _Below, ConfirmView):
    confirm_label = gettext_lazy("Delete the rule")

    def get_page_title(self) -> str:
        return _("Delete the rule %(name)s?") % {"name": self.row.label}

    def explanation(self) -> Sequence[str]:
        return [_("Once this is published, it holds nobody back any more.")]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("The rule was deleted."))


class AddPeopleView(_Below, StudioFormView):
    """Choosing the record type; its fields are asked on the next screen."""

    template_name = "records/contact/studio/form.html"
    page_title = gettext_lazy("People to write to")
    submit_label = gettext_lazy("Go on")
    form_class = TypeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "draft": self.copy.draft}

    def form_valid(self, form: TypeForm) -> HttpResponse:
        PeopleSection().load([form.raw], replace=False)
        url = reverse("contact_studio:people", args=[form.raw["key"]])
        return self.done(_("Say which of its fields hold what."), url)


class _OnePeople:
    kwargs: Mapping[str, Any]
    copy: Any

    @cached_property
    def row(self) -> ContactPeople:
        return get_object_or_404(ContactPeople, key=self.kwargs["people"])

    @cached_property
    def record_type(self) -> TypeDef:
        found: TypeDef | None = self.copy.draft.snapshot.types.get(self.row.key)
        if found is None:
            raise Http404
        return found


class PeopleView(_OnePeople, _Below, StudioFormView):
    template_name = "records/contact/studio/form.html"
    form_class = PeopleForm

    def get_page_title(self) -> str:
        return _("How %(type)s are written to") % {"type": self.record_type.plural_label}

    def get_form_kwargs(self) -> dict[str, Any]:
        about = {"people": self.row, "record_type": self.record_type, "draft": self.copy.draft}
        return {**super().get_form_kwargs(), **about}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("contact_studio:people_delete", args=[self.row.key])
        return super().get_context_data(delete_url=url, **kwargs)

    def form_valid(self, form: PeopleForm) -> HttpResponse:
        PeopleSection().load([form.raw], replace=False)
        return self.done(_("It was saved. It counts once it is published."))


class DeletePeopleView(_OnePeople, _Below, ConfirmView):
    confirm_label = gettext_lazy("Delete it")

    def get_page_title(self) -> str:
        return _("Delete how %(type)s are written to?") % {"type": self.row.key}

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once this is published, their first e-mail field is used, and no field says yes or no."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("It was deleted."))
