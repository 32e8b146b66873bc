"""Whoever gets a follow-up is told, in the app and by mail: of the survey and the rule, and of no value."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from crm_config.live import live
from crm_config.models import User
from jobs.services import enqueue
from surveys.following.names import rule_label, survey_label
from surveys.models import FollowUp
from workflows.models import Notification

KIND = "surveys.follow_up_mail"


def tell(row: FollowUp, user: User) -> None:
    """In the transaction that makes it; the mail is a job, tried again where the server is down."""
    with translation.override(language_of(user)):
        text = _("Follow up: %(rule)s (%(survey)s)") % names(row)
    Notification.objects.create(user=user, text=text[:500], record_id=row.record_id)
    args = {"follow_up": row.pk, "user": user.pk}
    enqueue(kind=KIND, args=args, key=f"{KIND}:{row.pk}:{user.pk}", once=True)


def mail(row: FollowUp, user: User) -> EmailMessage:
    with translation.override(language_of(user)):
        said = names(row)
        due = date_format(localtime(row.due_at), "DATE_FORMAT") if row.due_at else ""
        path = reverse("voices:follow_up", args=[row.pk])
        context = {
            **said,
            "name": user.get_full_name() or user.get_username(),
            "due": due,
            "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
        }
        text = render_to_string("surveys/following/mail.txt", context)
        return EmailMessage(_("Follow up: %(rule)s") % said, text, to=[user.email])


def names(row: FollowUp) -> dict[str, str]:
    snapshot = live()
    return {"rule": rule_label(row, snapshot), "survey": survey_label(row.survey, snapshot)}


def language_of(user: User) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
