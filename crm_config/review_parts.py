"""What stands beside the change-set on the review: apps above add components here, in `AppConfig.ready()`.

A component finds `request` and `copy`, the working copy, in its context.
"""

from wagtail.admin.ui.components import Component

_parts: list[Component] = []


def register(part: Component) -> None:
    _parts.append(part)


def parts() -> list[Component]:
    return list(_parts)
