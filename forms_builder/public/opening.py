"""Whether a public form can be filled in now, and what is told where it cannot."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import Snapshot
from crm_config.live import live
from forms_builder import places
from forms_builder.checks import moment
from forms_builder.definitions import FormDef, in_use
from forms_builder.engine.logic import Broken, logic_of
from records.access import Access


def find(slug: str) -> FormDef | None:
    return next((form for form in in_use(live(), "public") if form.slug == slug), None)


def closed(form: FormDef, snapshot: Snapshot) -> str:
    """Why it cannot be filled in; empty where it can."""
    access = Access(snapshot=snapshot)
    opens, closes = (moment_of(form, name, access) for name in ("opens", "closes"))
    if opens is not None and access.now < opens:
        return _("This form is not open yet.")
    if closes is not None and access.now >= closes:
        return labels.text(form.settings.get("closed")) or _("This form is closed.")
    if form.settings.get("most") and places.is_full(form, places.taken(form)):
        return labels.text(form.settings.get("closed")) or _("All places are taken.")
    try:
        logic_of(form, snapshot)
    except Broken:
        return _("This form cannot be filled in at the moment.")
    return ""


def moment_of(form: FormDef, name: str, access: Access) -> datetime | None:
    """A day is meant whole: it closes when the day is over."""
    text: str = form.settings.get(name, "")
    found = moment(text) if text else None
    if found is None:
        return None
    if name == "closes" and len(text) == len("2026-01-31"):
        found += timedelta(days=1)
    return found if found.tzinfo else found.replace(tzinfo=access.tz)
