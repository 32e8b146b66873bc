"""The whole filter of a list in the condition builder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from crm_config.definitions import TypeDef
from records.access import Access
from records.forms.condition import ConditionField
from records.views.base import TypeScreen
from records.views.lists import StateMixin


class AdvancedFilterForm(forms.Form):
    """Nothing asked shows the whole list; the filter may as well say “all”."""

    prefix = "filter"

    def __init__(self, *args: Any, record_type: TypeDef, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"] = ConditionField(
            record_type=record_type,
            snapshot=access.snapshot,
            access=access,
            purpose="filter",
            required=False,
            allow_constant=True,
            label=_("Condition"),
        )


class AdvancedFilterView(StateMixin, TypeScreen):
    """The list's state stands in the address, and comes back into it."""

    part_template = "records/list/advanced.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(self.form(initial={"where": self.state.where}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            changed = self.state.but(where=form.cleaned_data["where"])
            return self.leave(changed.url(self.record_type))
        return self._show(form)

    def _show(self, form: AdvancedFilterForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def form(self, data: Any = None, **kwargs: Any) -> AdvancedFilterForm:
        return AdvancedFilterForm(data, record_type=self.record_type, access=self.access, **kwargs)

    def get_page_title(self) -> str:
        return _("Advanced filter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action=self.state.url(self.record_type, "advanced_filter"),
            list_url=self.state.url(self.record_type),
            media=kwargs["form"].media,
            **kwargs,
        )
