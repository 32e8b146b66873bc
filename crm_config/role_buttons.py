"""Buttons on a role's screen that lead to what other apps make of the role."""

from collections.abc import Callable

from wagtail.admin.widgets.button import HeaderButton

from crm_config.models import Role

Maker = Callable[[Role], HeaderButton]

_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """In `AppConfig.ready()`."""
    _makers.append(maker)


def buttons(role: Role) -> list[HeaderButton]:
    return [maker(role) for maker in _makers]
