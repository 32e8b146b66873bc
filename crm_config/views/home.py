"""Studio home: the record types, and the way to everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.widgets.button import HeaderButton

from crm_config import menu_groups
from crm_config.definitions import TypeDef
from crm_config.keys import SYSTEM_KEYS
from crm_config.models import ExchangeRate, Field, Promise, RecordType, Role, Segment, Team
from crm_config.views.base import AdministratorsOnly, StudioView, Trail
from crm_config.working_copy.keys import propose_key


@dataclass(frozen=True)
class TypeCard:
    type: TypeDef
    fields: int
    changed: bool
    published: bool


class HomeView(StudioView):
    template_name = "crm_config/studio/home.html"
    page_title = gettext_lazy("Studio")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def trail(self) -> Trail:
        return ()

    def get_header_buttons(self) -> list[Any]:
        url = reverse("studio:type_add")
        return [HeaderButton(_("New record type"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        types = self.copy.draft.snapshot.types.values()
        cards = [self._card(t) for t in types]
        in_use = [card for card in cards if not card.type.retired]
        return super().get_context_data(
            groups=grouped(in_use),
            archived=sorted(
                (c for c in cards if c.type.retired), key=lambda c: c.type.plural_label
            ),
            counts=counts(),
            version=self.copy.published_version,
            **kwargs,
        )

    def _card(self, t: TypeDef) -> TypeCard:
        return TypeCard(
            type=t,
            fields=len(t.active),
            changed=t.key in self.copy.changed_types,
            published=self.copy.is_published(("record_types", t.key)),
        )


def grouped(cards: list[TypeCard]) -> list[tuple[str, list[TypeCard]]]:
    """By menu group, in menu order; types without a group come first."""

    def group(card: TypeCard) -> str:
        return card.type.menu_group

    first: dict[str, int] = {}
    for card in sorted(cards, key=lambda c: (c.type.menu_order, c.type.key)):
        first.setdefault(group(card), len(first) + 1)
    order = {name: 0 if not name else place for name, place in first.items()}
    ranked = sorted(cards, key=lambda c: (order[group(c)], c.type.menu_order, c.type.plural_label))
    return [
        (menu_groups.shown(name), list(members)) for name, members in groupby(ranked, key=group)
    ]


def counts() -> Mapping[str, int]:
    return {
        "roles": Role.in_use.count(),
        "teams": Team.objects.count(),
        "rates": ExchangeRate.objects.count(),
    }


class ProposeKeyView(AdministratorsOnly, View):
    """The key that a name would get, while it is typed."""

    def get(self, request: HttpRequest) -> JsonResponse:
        name, what = request.GET.get("name", "")[:200], request.GET.get("for", "")
        return JsonResponse({"key": propose_key(name, taken=taken(what)) if name.strip() else ""})


def taken(what: str) -> set[str]:
    """Keys in use: `type`, `role`, `segment`, `promise`, or `field:` and the key of a type."""
    if what == "type":
        return set(RecordType.objects.values_list("key", flat=True))
    if what == "role":
        return set(Role.in_use.values_list("key", flat=True))
    if what == "segment":
        return set(Segment.objects.values_list("key", flat=True))
    if what == "promise":
        return set(Promise.objects.values_list("key", flat=True))
    record_type = what.removeprefix("field:")
    fields = Field.objects.filter(record_type__key=record_type).values_list("key", flat=True)
    return {*SYSTEM_KEYS, *fields}
