"""In which language a page without a login is shown: the address says it, else the browser, as far as the company
speaks it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from crm_config.definitions import Snapshot

PARAMETER = "lang"


def spoken(snapshot: Snapshot) -> list[str]:
    known = [code for code, _name in settings.LANGUAGES]
    return [code for code in snapshot.company.languages if code in known] or known[:1]


def language_of(request: HttpRequest, snapshot: Snapshot) -> str:
    """No cookie is looked at: nothing of a visit is remembered."""
    languages = spoken(snapshot)
    wanted = request.GET.get(PARAMETER) or request.POST.get(PARAMETER, "")
    if wanted in languages:
        return str(wanted)
    held, request.COOKIES = request.COOKIES, {}
    try:
        found = get_language_from_request(request).split("-")[0]
    finally:
        request.COOKIES = held
    return found if found in languages else languages[0]


def native_names(snapshot: Snapshot) -> list[tuple[str, str]]:
    names = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    return [(code, names.get(code, code)) for code in spoken(snapshot)]
