"""A form of the working copy filled in for a try: nothing is sent, kept, or told anybody.

What was answered on earlier steps goes along with the page, signed, so that nothing has to be stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing

from crm_config.compiler import Draft
from forms_builder.checks import wrong_item
from forms_builder.definitions import FormDef, ItemDef
from forms_builder.public import pictures
from forms_builder.public.controls import Control
from forms_builder.public.filling import Filling
from records.access import Access

SALT = "forms.preview"


@dataclass(eq=False)
class Trying(Filling):
    """Records are offered as far as whoever looks at the preview sees them."""

    asker: Access = field(kw_only=True)

    def __post_init__(self) -> None:
        self.access = self.asker

    def _control(self, item: ItemDef, *args: Any) -> Control | None:
        """Pictures by Wagtail's own address: the public one knows those of published forms alone."""
        control = super()._control(item, *args)
        if control is not None and item.kind == "image":
            control.value = {**control.value, "url": pictures.shown(item).url}
        return control

    @property
    def carried(self) -> str:
        return signing.dumps(self.values, salt=SALT, compress=True)

    def take_along(self, text: str) -> bool:
        """False where the page is none of ours."""
        try:
            values: Mapping[str, Any] = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return False
        self.values |= {k: v for k, v in values.items() if k in self.form.items}
        return True


def whole_parts(form: FormDef, draft: Draft) -> FormDef:
    """Without the items that are not finished yet: the rest can be looked at meanwhile."""
    faulty = {k for k, item in form.items.items() if any(wrong_item(item, form, draft))}
    if not faulty:
        return form
    steps = tuple(
        replace(
            step,
            sections=tuple(
                replace(s, items=tuple(i for i in s.items if i.key not in faulty))
                for s in step.sections
            ),
        )
        for step in form.steps
    )
    return replace(form, steps=steps)
