"""Forms of the working copy: added, copied, changed, archived, deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.errors import InUse
from crm_config.sections.base import Path
from crm_config.working_copy.keys import propose_key
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import SECTION, ItemDef
from forms_builder.layouts.uses import NAMES as USE_NAMES
from forms_builder.layouts.uses import STAFF
from forms_builder.models import Form
from forms_builder.section import NAMES, FormSection
from forms_builder.studio.arrangement import Steps, removed

Raw = Mapping[str, Any]


def path_of(form: Form) -> Path:
    return (SECTION, form.key)


def keys() -> set[str]:
    return set(Form.objects.values_list("key", flat=True))


def add_form(raw: Raw) -> Form:
    """`raw` as a payload says it."""
    values = {name: raw[name] for name in NAMES if name in raw}
    return Form.objects.create(
        key=raw["key"], record_type=raw["type"], steps=raw["steps"], **values
    )


def raw_of(form: Form) -> dict[str, Any]:
    return FormSection.raw_of(form)


def copied(raw: Raw, *, key: str, labels: Mapping[str, str]) -> Form:
    """A form like another one. Its address is its own: two cannot share one."""
    settings = {k: v for k, v in raw.get("settings", {}).items() if k != "slug"}
    return add_form(
        {**raw, "key": key, "labels": dict(labels), "settings": settings, "retired": False}
    )


def copy_form(form: Form) -> Form:
    key = propose_key(form.key, taken=keys(), fallback="form")
    labels = {code: _("%(name)s (copy)") % {"name": text} for code, text in form.labels.items()}
    return copied(raw_of(form), key=key, labels=labels)


def change_form(form: Form, values: Raw) -> None:
    for name, value in values.items():
        setattr(form, name, value)
    form.save(update_fields=list(values))


@transaction.atomic
def change_part(form: Form, name: str, change: Callable[[dict[str, Any]], Raw]) -> None:
    """`settings` or `handling`, from what stands there now."""
    row = Form.objects.select_for_update().get(pk=form.pk)
    setattr(row, name, dict(change(getattr(row, name))))
    row.save(update_fields=[name])


@transaction.atomic
def change_steps(form: Form, change: Callable[[Steps], Steps]) -> tuple[Steps, Steps]:
    """What stood there and what stands there now. Raises what `change` raises; nothing is changed then."""
    row = Form.objects.select_for_update().get(pk=form.pk)
    before, row.steps = row.steps, change(row.steps)
    row.save(update_fields=["steps"])
    return before, row.steps


@transaction.atomic
def change_channel(form: Form, channel: str, unfit: Iterable[ItemDef]) -> None:
    """With its settings for the others, and the items that those cannot be asked, taken out."""
    row = Form.objects.select_for_update().get(pk=form.pk)
    for item in unfit:
        row.steps = removed(row.steps, item.key)
    row.channel = channel
    row.settings = {k: v for k, v in row.settings.items() if (k in USE_NAMES) == (channel == STAFF)}
    row.save(update_fields=["channel", "settings", "steps"])


def archive_form(form: Form, *, archived: bool) -> None:
    change_form(form, {"retired": archived})


@transaction.atomic
def delete_form(form: Form, copy: WorkingCopy) -> None:
    """Raises `InUse`."""
    if used := [r for r in copy.users_of(path_of(form)) if not r.weak]:
        raise InUse(_("Something else uses this form: re-point it first."), list(used))
    form.delete()
