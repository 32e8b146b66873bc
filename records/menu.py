"""The published record types in the admin's menu, each person's own: by group, in the company's order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import HeaderButton

from crm_config import menu_groups
from crm_config.definitions import TypeDef
from crm_config.models import Role
from crm_config.permissions import ADMINISTER
from records.asker import access_of

#: Before Wagtail's own entries, which begin at 100.
FIRST = 10


def add_record_types(request: HttpRequest, items: list[MenuItem]) -> None:
    """For Wagtail's `construct_main_menu` hook."""
    visible = access_of(request).visible_types()
    in_groups = sorted(visible, key=lambda t: _place(t, visible))
    for place, (group, types) in enumerate(groupby(in_groups, lambda t: t.menu_group)):
        if group:
            items.append(_submenu(group, types, FIRST + place))
        else:
            items.extend(_item(t, FIRST + place) for t in types)


def _place(record_type: TypeDef, among: Iterable[TypeDef]) -> tuple[int, str, int, str]:
    """A group stands where its first type stands."""
    first = min(t.menu_order for t in among if t.menu_group == record_type.menu_group)
    return first, record_type.menu_group, record_type.menu_order, record_type.key


def _submenu(group: str, types: Iterable[TypeDef], order: int) -> SubmenuMenuItem:
    entries = [_item(t, place) for place, t in enumerate(types)]
    return SubmenuMenuItem(
        menu_groups.shown(group),
        Menu(items=entries),
        name=f"records-group-{slugify(group) or order}",
        icon_name=entries[0].icon_name,
        order=order,
    )


def _item(record_type: TypeDef, order: int) -> MenuItem:
    return MenuItem(
        record_type.plural_label,
        reverse("records:list", args=[record_type.key]),
        name=f"records-{record_type.key}",
        icon_name=record_type.icon,
        order=order,
    )


class ForAdministrators(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(ADMINISTER))


def left_behind_item() -> MenuItem:
    """Among the reports."""
    return ForAdministrators(
        _("Values that did not convert"),
        reverse_lazy("records:left_behind"),
        name="left-behind",
        icon_name="warning",
        order=1200,
    )


def look_as_item() -> MenuItem:
    """Among the settings."""
    return ForAdministrators(
        _("Look as…"), reverse_lazy("look_as:index"), name="look-as", icon_name="view", order=620
    )


def look_as_role(role: Role) -> HeaderButton:
    """On the role's screen."""
    url = f"{reverse('look_as:index')}?{urlencode({'who': f'role:{role.key}'})}"
    return HeaderButton(_("Look as…"), url=url, icon_name="view")
