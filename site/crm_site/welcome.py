"""What a start prints: where to go, and as whom."""

from django.conf import settings
from django.contrib.auth import get_user_model

from crm_config.live import live
from forms_builder.definitions import in_use
from surveys.definitions import survey_of
from surveys.models import OpenLink

EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


def welcome(*, host: str, port: int) -> str:
    shown = "localhost" if host in EVERYWHERE | {"127.0.0.1", "::1"} else host
    base = f"http://{shown}:{port}"
    lines = [
        "",
        "Relata is starting.",
        f"  Work in it    {base}/admin/",
        f"  API           {base}/api/v1/docs",
        f"  Ready?        {base}/readyz",
        *public_forms(base),
        *open_survey(base),
        *sample_logins(),
        "Stop it with Ctrl-C.",
        "",
    ]
    return "\n".join(lines)


def public_forms(base: str) -> list[str]:
    """The addresses of forms that anybody may fill in."""
    forms = in_use(live(), "public")
    return (
        ["Public forms:", *(f"    {base}/f/{form.slug}/  {form.label}" for form in forms)]
        if forms
        else []
    )


def open_survey(base: str) -> list[str]:
    """The address of one survey that anybody may answer."""
    links = OpenLink.objects.filter(kind=OpenLink.Kind.PUBLIC, closed_at=None).order_by("-pk")
    for link in links[:20]:
        survey = survey_of(live(), link.survey)
        if survey is not None:
            return ["A survey to answer:", f"    {base}/s/{link.token}/  {survey.label}"]
    return []


def sample_logins() -> list[str]:
    """The sample logins with their published password, where they may be used."""
    users = get_user_model().objects.filter(is_sample=True, is_active=True).order_by("pk")
    if not settings.SAMPLE_LOGINS or not users:
        return []
    names = "\n".join(f"    {user.username:<14} {user}" for user in users)
    return ["Sample logins, from this computer only; the password of each is its name:", names]
