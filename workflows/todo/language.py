"""In which language somebody is written to."""

from django.conf import settings

from crm_config.models import User


def language_of(user: User) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
