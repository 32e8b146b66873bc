"""The builder of forms with what surveys have besides; and all kinds of questions with an example of each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.views.base import StudioView
from forms_builder.definitions import FormDef, FormSectionDef, ItemDef, StepDef
from forms_builder.items.base import Place
from forms_builder.items.registry import ITEMS
from forms_builder.public.controls import Control, control_of
from forms_builder.studio.building import Building
from forms_builder.views.studio import builder
from surveys.definitions import CHANNEL
from surveys.studio import palette
from surveys.studio.building import SURVEYS
from surveys.studio.views.base import OfSurvey, screens


class _Besides:
    of: Building = SURVEYS
    header_icon = SURVEYS.icon

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"screens": screens(self.row.key), "here": "form"}  # type: ignore[attr-defined]
        return super().get_context_data(**more, **kwargs)  # type: ignore[misc]


class BuilderView(_Besides, builder.BuilderView):
    pass


class ItemView(_Besides, builder.ItemView):
    pass


class KindsView(OfSurvey, StudioView):
    """Each with what somebody would be asked, as it looks."""

    template_name = "surveys/studio/kinds.html"
    page_title = gettext_lazy("Kinds of questions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = self.survey.steps
        place = (
            f"{pages[-1].key}.{pages[-1].sections[-1].key}" if pages and pages[-1].sections else ""
        )
        shelves = [
            (shelf.label, [(offer, *self.example(offer.value)) for offer in shelf.offers])
            for shelf in palette.shelves()
        ]
        look = SURVEYS.look
        return super().get_context_data(shelves=shelves, to=place, look=look, **kwargs)

    def example(self, kind: str) -> tuple[str, Control | None]:
        raw = palette.made(kind, self.survey.form, self.languages)
        item = ItemDef.of(raw)
        form = FormDef(
            "example", self.survey.type, (StepDef("one", (FormSectionDef("main", (item,)),)),), channel=CHANNEL
        )  # fmt: skip
        place = Place(item, form, self.snapshot)
        f = ITEMS[kind].field(place)
        if f is None or kind not in palette.EXAMPLES:
            return labels.text(item.options.get("text")), None
        control = control_of(item, f, None)
        ITEMS[kind].dress(control, place)
        return labels.text(item.labels), control
