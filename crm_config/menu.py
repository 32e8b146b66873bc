"""The studio in the sidebar, for those who administer."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from crm_config.permissions import ADMINISTER


class StudioItem(SubmenuMenuItem):
    """Asks once, not once for each screen in it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(ADMINISTER))


def drop_news_of_the_frame(request: HttpRequest, items: list[MenuItem]) -> None:
    """For Wagtail's `construct_help_menu` hook: its release notes are for those who run the site."""
    if not request.user.has_perm(ADMINISTER):
        items[:] = [item for item in items if not item.name.startswith("whats-new")]


SCREENS: list[tuple[str, Any, str]] = [
    ("home", _("Record types"), "cogs"),
    ("roles", _("Roles"), "key"),
    ("teams", _("Teams"), "group"),
    ("company", _("Company"), "building"),
    ("rates", _("Exchange rates"), "cash-coin"),
    ("promises", _("Promises"), "lock"),
    ("packs", _("Packs"), "box-seam"),
    ("review", _("Review and publish"), "clipboard-check"),
    ("versions", _("Versions"), "history"),
]


def add(url_name: str, label: Any, icon: str, *, before: str = "packs") -> None:
    """For apps above, in `AppConfig.ready()`: a screen of their own in the studio, by the name of its address."""
    place = next(i for i, (name, _label, _icon) in enumerate(SCREENS) if name == before)
    SCREENS.insert(place, (url_name, label, icon))


def _address(name: str) -> str:
    return name if ":" in name else f"studio:{name}"


def studio_menu() -> StudioItem:
    items = [
        MenuItem(
            label,
            reverse_lazy(_address(name)),
            name=f"studio-{name.replace(':', '-')}",
            icon_name=icon,
            order=n,
        )
        for n, (name, label, icon) in enumerate(SCREENS)
    ]
    return StudioItem(_("Studio"), Menu(items=items), name="studio", icon_name="cogs", order=8000)
