"""Adding, changing, archiving and deleting fields in the working copy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from crm_config import traits
from crm_config.errors import InUse
from crm_config.field_types import registry
from crm_config.models import Field, Option, RecordType
from crm_config.references import field_path
from crm_config.sections.base import Reference
from crm_config.working_copy.reading import WorkingCopy
from crm_config.working_copy.rights import forget_rights, is_right

Choice = Mapping[str, Any]


@transaction.atomic
def add_field(
    record_type: RecordType,
    values: Mapping[str, Any],
    *,
    choices: Iterable[Choice] = (),
    in_list: bool = False,
) -> Field:
    """A new field at the end of its section; with `in_list`, also the last column of the list."""
    last = record_type.fields.aggregate(last=Max("order"))["last"]
    field = Field.objects.create(
        record_type=record_type, order=0 if last is None else last + 1, **values
    )
    set_choices(field, choices)
    if in_list:
        record_type.columns = [*record_type.columns, field.key]
        record_type.save(update_fields=["columns"])
    return field


@transaction.atomic
def change_field(
    field: Field, values: Mapping[str, Any], *, choices: Iterable[Choice] | None = None
) -> None:
    """Set attributes; `choices`, in order, take the place of the field's options."""
    for name, value in values.items():
        setattr(field, name, value)
    field.save()
    if choices is not None:
        set_choices(field, choices)


def set_choices(field: Field, choices: Iterable[Choice]) -> None:
    kept = []
    for order, choice in enumerate(choices):
        kept.append(choice["key"])
        Option.objects.update_or_create(
            field=field, key=choice["key"], defaults={**choice, "order": order}
        )
    field.choices.exclude(key__in=kept).delete()


@transaction.atomic
def retype_field(field: Field, kind: str) -> None:
    """Another kind. What the new kind does not know (options, choices, flags, a default) is dropped."""
    new = registry.get(kind)
    known = {spec.key for spec in new.option_specs}
    field.type = kind
    field.options = {k: v for k, v in field.options.items() if k in known}
    field.default = None
    field.unique &= new.can_be_unique
    field.sortable &= new.can_sort
    field.searchable &= new.can_search
    field.required &= not new.computed
    field.save()
    if not new.has_choices:
        field.choices.all().delete()


@transaction.atomic
def archive_field(field: Field) -> None:
    """Archived fields leave the lists; their values stay and come back with them."""
    field.retired = True
    field.save(update_fields=["retired"])
    leave_the_list(field)


def leave_the_list(field: Field) -> None:
    record_type = field.record_type
    record_type.columns = [key for key in record_type.columns if key != field.key]
    record_type.sort = [key for key in record_type.sort if key.removeprefix("-") != field.key]
    record_type.save(update_fields=["columns", "sort"])


def restore_field(field: Field) -> None:
    field.retired = False
    field.save(update_fields=["retired"])


def users(field: Field, copy: WorkingCopy) -> list[Reference]:
    """What uses the field, but for the list of its own type, which it leaves by itself."""
    own = ("record_types", field.record_type.key)
    lists = ((*own, "columns"), (*own, "sort"))
    return [r for r in copy.users_of(field_path(*own[1:], field.key)) if r.source not in lists]


def bar_archiving(field: Field, copy: WorkingCopy) -> list[Reference]:
    """What must be re-pointed before the field can be archived."""
    return [r for r in users(field, copy) if not r.weak]


def bar_deleting(field: Field, copy: WorkingCopy) -> list[Reference]:
    """What must be re-pointed before the field can be deleted; rights go with it."""
    return [r for r in users(field, copy) if not is_right(r)]


def needed_by_trait(field: Field) -> traits.base.Trait | None:
    """The trait that brings the field and cannot be without it."""
    for key in field.record_type.traits:
        trait = traits.all_traits().get(key)
        if trait is not None and field.key in trait.field_keys:
            return trait
    return None


@transaction.atomic
def delete_field(field: Field, copy: WorkingCopy) -> None:
    """Raises `InUse` where something refers to it or a trait needs it."""
    if trait := needed_by_trait(field):
        raise InUse(
            _("The trait “%(trait)s” needs this field: archive it instead.")
            % {"trait": trait.label},
            [],
        )
    if used := bar_deleting(field, copy):
        raise InUse(_("Something else uses this field: re-point it first."), list(used))
    leave_the_list(field)
    forget_rights(field.record_type.key, [field.key])
    field.delete()
