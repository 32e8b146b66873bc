"""How to reach somebody: name, e-mail address, telephone number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.field_types import registry
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.base import TEMPLATES, AnswerRow, QuestionKind
from surveys.questions.grids import CONTACT

PARTS = ("name", "email", "phone")
TYPES = {"email": "email", "phone": "tel"}
AUTOCOMPLETE = {"name": "name", "email": "email", "phone": "tel"}


class ContactQuestion(QuestionKind):
    key = "contact"
    label = gettext_lazy("Contact data")
    description = gettext_lazy("Name, e-mail address and telephone number.")
    icon = "user"
    field_type = CONTACT
    option_specs = (
        OptionSpec("asks", "list", gettext_lazy("Asks for"), default=list(PARTS)),
        OptionSpec("needs", "list", gettext_lazy("Cannot do without")),
        OptionSpec(
            "region",
            "text",
            gettext_lazy("Country of telephone numbers"),
            gettext_lazy("Two letters, such as RO: taken where a number has no country code."),
        ),
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        asked = place.option("asks") or PARTS
        asks = tuple(key for key in PARTS if key in asked)
        needs = tuple(key for key in place.option("needs", ()) if key in asks)
        return {"asks": asks, "needs": needs, "region": place.option("region", "")}

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        asks, needs = place.option("asks") or PARTS, place.option("needs", ())
        for key in (*asks, *needs):
            if key not in PARTS:
                yield _("Contact data have no part “%(key)s”.") % {"key": key}
        for key in needs:
            if key in PARTS and key not in asks:
                yield _("“%(key)s” is needed, and not asked for.") % {"key": key}
        yield from registry.get("phone").check_options({"region": place.option("region", "")})

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        for part, text in value.items():
            yield AnswerRow(part=part, text=text)

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        control.look, control.folder = "contact", TEMPLATES
        needs = self.field_options(place)["needs"]
        rows = []
        for part in control.parts:
            key = part.name.rpartition("-")[2]
            rows.append(
                {
                    "part": part,
                    "type": TYPES.get(key, "text"),
                    "autocomplete": AUTOCOMPLETE[key],
                    "needed": key in needs,
                }
            )
        control.more = {"rows": rows}
