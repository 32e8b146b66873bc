"""All kinds of items, by key. Higher apps register theirs in `AppConfig.ready()`."""

from forms_builder.items.base import ItemKind
from forms_builder.items.captcha import CaptchaItem
from forms_builder.items.consent import ConsentItem
from forms_builder.items.divider import DividerItem
from forms_builder.items.field import FieldItem
from forms_builder.items.hidden import HiddenItem
from forms_builder.items.image import ImageItem
from forms_builder.items.linked_field import LinkedFieldItem
from forms_builder.items.rows import RowsItem
from forms_builder.items.text import TextItem

ITEMS: dict[str, ItemKind] = {
    kind.key: kind
    for kind in (
        FieldItem(),
        LinkedFieldItem(),
        RowsItem(),
        TextItem(),
        ImageItem(),
        DividerItem(),
        ConsentItem(),
        HiddenItem(),
        CaptchaItem(),
    )
}


def register(kind: ItemKind) -> None:
    if kind.key in ITEMS:
        raise RuntimeError(f"Two kinds of items call themselves {kind.key!r}.")
    ITEMS[kind.key] = kind


def of_channel(*channels: str) -> dict[str, ItemKind]:
    """Those that can stand on a form of any of the channels."""
    return {key: kind for key, kind in ITEMS.items() if set(channels) & set(kind.channels)}
