"""The forms of a record type, on its page in the studio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from crm_config.live import live
from crm_config.type_tabs import Tab
from forms_builder.definitions import forms_of
from forms_builder.studio.listing import row_of


class FormsTab(Component):
    template_name = "forms_builder/studio/tab.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record_type, copy = parent_context["record_type"], parent_context["copy"]
        forms = forms_of(copy.draft.snapshot).values()
        running = live()
        rows = [row_of(form, copy, running) for form in forms if form.type == record_type.key]
        return {"rows": rows, "record_type": record_type}


TAB = Tab("forms", _("Forms"), FormsTab(), order=70)
