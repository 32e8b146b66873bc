"""A mail about a deadline: to those who may see the record. It names the record type and the target, never a value."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.models import User
from records.access import Access
from records.errors import NotVisible
from records.selectors import get
from workflows.deadlines.definitions import LevelDef, levels_of
from workflows.models import Deadline

SUBJECTS = {
    "warned": gettext_lazy("Soon due: %(target)s"),
    "breached": gettext_lazy("Not in time: %(target)s"),
    "escalated": gettext_lazy("Still waiting: %(target)s"),
}


def mail(row: Deadline, user: User, what: str) -> EmailMessage | None:
    """None for who may not see the record, and where the level is gone."""
    access = Access.of(user)
    level = levels_of(access.snapshot).get(row.level)
    try:
        record = get(row.record_id, access=access)
    except NotVisible:
        return None
    if level is None:
        return None
    with translation.override(_language(user)):
        name = target_label(level, row.target)
        context = {
            "name": user.get_full_name() or user.get_username(),
            "level": level.label,
            "target": name,
            "type": record.type.label,
            "what": what,
            "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('records:record', args=[row.record_id])}",
        }
        text = render_to_string("workflows/deadlines/mail.txt", context)
        return EmailMessage(str(SUBJECTS[what]) % {"target": name}, text, to=[user.email])


def target_label(level: LevelDef, key: str) -> str:
    target = level.target(key)
    return target.label if target else _("a target that is gone")


def _language(user: User) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
