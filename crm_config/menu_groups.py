"""Names of menu groups: those of the shipped packs are translated, a company's own stand as it wrote them."""

from django.utils.translation import gettext, gettext_noop

SHIPPED = (
    gettext_noop("Customers"),
    gettext_noop("Activities"),
    gettext_noop("Sales"),
    gettext_noop("Service"),
    gettext_noop("Marketing"),
    gettext_noop("Catalogue"),
)


def shown(group: str) -> str:
    return gettext(group) if group in SHIPPED else group
