"""What is built on these screens, and where it is kept: forms. Higher apps build theirs of the same items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.definitions import Snapshot
from crm_config.live import live
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import SECTION, FormDef, forms_of
from forms_builder.models import Form
from forms_builder.studio import palette, working_copy
from forms_builder.studio.arrangement import Raw, Steps
from forms_builder.studio.canvas import Canvas
from forms_builder.studio.listing import row_of


class Building:
    """`space` is the namespace of its addresses. They are another instance of `form_studio`, so that templates that
    say `form_studio:item` lead to the builder that they are seen in."""

    space = "form_studio"
    section = SECTION
    model: type[Model] = Form
    icon = "form"
    plural: Any = _("Forms")
    #: The folder of `builder.html` and `canvas.html`, and how a control is drawn on the canvas.
    templates = "forms_builder/studio"
    look = "forms_builder/studio/look.html"
    #: Screens named on top of the builder: name, label, icon.
    buttons: tuple[tuple[str, Any, str], ...] = (
        ("preview", _("Preview"), "view"),
        ("settings", _("Settings"), "cog"),
        ("handling", _("What becomes of it"), "arrow-right-full"),
    )

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"{self.space}:{name}", args=args)

    def screens(self, form: FormDef) -> tuple[tuple[str, Any, str], ...]:
        """Those of one form."""
        asked = form.channel == "public" and form.settings.get("by_token")
        return (*self.buttons, ("invitations", _("Invitations"), "mail")) if asked else self.buttons

    # -- what there is

    def definitions(self, snapshot: Snapshot) -> Mapping[str, FormDef]:
        return forms_of(snapshot)

    def canvas(self, key: str, draft: Draft) -> Canvas:
        return Canvas(forms_of(draft.snapshot)[key], draft)

    def info(self, key: str, copy: WorkingCopy) -> Any:
        """What is told of it at a glance."""
        return row_of(forms_of(copy.draft.snapshot)[key], copy, live())

    # -- what can be put on it

    def shelves(self, form: FormDef, snapshot: Snapshot) -> list[palette.Shelf]:
        return palette.shelves(form, snapshot)

    def made(self, value: str, form: FormDef, snapshot: Snapshot, languages: Sequence[str]) -> Raw:
        """Raises `LookupError` for what is not offered."""
        return palette.made(value, form, snapshot, languages)

    # -- edits that can be undone

    def history_key(self, key: str) -> str:
        return key

    def state(self, row: Any) -> Any:
        """All that undoing brings back, as JSON."""
        return row.steps

    def change(self, row: Any, change: Callable[[Any], Any]) -> tuple[Any, Any]:
        """The state as it was, and as it is now. Raises what `change` raises; nothing is changed then."""
        return working_copy.change_steps(row, change)

    def change_steps(self, row: Any, change: Callable[[Steps], Steps]) -> tuple[Any, Any]:
        return self.change(row, change)


FORMS = Building()
