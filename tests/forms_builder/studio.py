"""The addresses of the form builder, and what the working copy holds."""

from typing import Any

from django.test import Client
from django.urls import reverse

from forms_builder.models import Form
from forms_builder.studio.arrangement import Raw, items_of


def address(name: str, *args: Any, form: str = "contact") -> str:
    return reverse(f"form_studio:{name}", args=[form, *args])


def items(form: str = "contact") -> list[str]:
    """By section, in order."""
    return [each["key"] for each in items_of(Form.objects.get(key=form).steps)]


def known(key: str, form: str = "contact") -> Raw:
    return next(each for each in items_of(Form.objects.get(key=form).steps) if each["key"] == key)


def posted(browser: Client, path: str) -> dict[str, Any]:
    """What a browser would send of the form of a page, as it stands there."""
    form = browser.get(path).context["form"]
    found: dict[str, Any] = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        context = widget.get_context(bound.html_name, bound.field.prepare_value(value), {})
        found |= _sent(bound.html_name, context["widget"], value)
    return {name: value for name, value in found.items() if value is not None}


def _sent(name: str, widget: dict[str, Any], value: Any) -> dict[str, Any]:
    if "first" in widget:
        return {part["name"]: part["text"] for part in (widget["first"], *widget["others"])}
    if "by_rows" in widget:
        return {name: widget["text"]}
    if isinstance(value, bool):
        return {name: "on"} if value else {}
    return {name: value}
