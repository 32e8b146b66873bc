"""What a kind of item is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types.base import OptionSpec, Text
from crm_config.sections.base import Path
from forms_builder.definitions import FormDef, ItemDef

#: The channels of forms about records; surveys have one of their own.
OF_FORMS = ("public", "staff")
#: The record type that conditions of forms are about: its fields are the form's items.
FORM_TYPE = "form_"
VALUES: Mapping[str, type] = {
    "text": str, "integer": int, "boolean": bool, "choice": str, "keys": list, "field": str, "labels": dict,
    "expression": str, "condition": dict, "list": list,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a form's item stands, for whoever has to know more than the item."""

    item: ItemDef
    form: FormDef
    snapshot: Snapshot

    @property
    def type(self) -> TypeDef | None:
        return self.snapshot.types.get(self.form.type)

    def option(self, key: str, default: Any = None) -> Any:
        return self.item.options.get(key, default)


class ItemKind:
    """Base of all kinds. `asks`: somebody can give it a value. `channels`: the forms that it can stand on."""

    key: ClassVar[str]
    label: ClassVar[Text]
    description: ClassVar[Text]
    icon: ClassVar[str] = "form"
    asks: ClassVar[bool] = False
    channels: ClassVar[tuple[str, ...]] = OF_FORMS
    option_specs: ClassVar[tuple[OptionSpec, ...]] = ()

    def field(self, place: Place) -> FieldDef | None:
        """What its value is, as a field of the form; None where it has none that conditions can ask for, or
        where what it names is not there."""
        return None

    def source(self, place: Place) -> FieldDef | None:
        """The field of a record that its value comes to stand in."""
        return None

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        """What does not fit; kinds and limits of options are checked from the specs."""
        return ()

    def companions(self, item: ItemDef) -> Iterable[ItemDef]:
        """Items that stand right after it, without being written down."""
        return ()

    def dress(self, control: Any, place: Place, *, seed: str = "") -> None:
        """How it is drawn beyond what its field says: `control` is a `public.controls.Control`. `seed` is the same
        for one visit."""

    def references(self, place: Place) -> Iterable[Path]:
        """What it relies on, besides the field that its value comes to stand in."""
        return ()


def as_item(source: FieldDef, item: ItemDef) -> FieldDef:
    """A field under an item's key, with the item's texts. What is required, the item alone says."""
    return replace(
        source,
        record_type=FORM_TYPE,
        key=item.key,
        labels=item.labels or source.labels,
        help=item.help or source.help,
        placeholder=item.placeholder or source.placeholder,
        default=item.default if item.default is not None else source.default,
        required=False,
        unique=False,
        # So that a long text can be compared: nothing is stored that would have to be kept for it.
        filterable=True,
        column="",
        stored="",
        since=0,
        former=(),
        readonly_after_creation=False,
    )


def _fits(spec: OptionSpec, value: Any) -> bool:
    truth = isinstance(value, bool)
    return isinstance(value, VALUES[spec.kind]) and truth == (spec.kind == "boolean")


def wrong_options(kind: ItemKind, item: ItemDef, draft: Draft) -> Iterator[str]:
    specs = {spec.key: spec for spec in kind.option_specs}
    for key in item.options.keys() - specs.keys():
        yield _("%(kind)s has no option “%(key)s”.") % {"kind": kind.label, "key": key}
    for key, spec in specs.items():
        value: Any = item.options.get(key)
        if value in (None, "", [], {}):
            if spec.required:
                yield _("Fill in “%(option)s”.") % {"option": spec.label}
        elif not _fits(spec, value):
            yield _("“%(option)s” has a value of the wrong kind.") % {"option": spec.label}
        elif spec.kind == "keys" and not set(value) <= draft.types.keys():
            yield _("“%(option)s” names a record type that is not there.") % {"option": spec.label}
        elif spec.kind == "integer" and not (
            (spec.minimum is None or value >= spec.minimum)
            and (spec.maximum is None or value <= spec.maximum)
        ):
            yield _("“%(option)s” must be from %(low)s to %(high)s.") % {
                "option": spec.label,
                "low": spec.minimum,
                "high": spec.maximum,
            }
