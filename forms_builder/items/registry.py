"""All kinds of items, by key."""

from collections.abc import Mapping

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

ITEMS: Mapping[str, ItemKind] = {
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
