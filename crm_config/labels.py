"""Texts in several languages: a map from language code to text, read with a fallback."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

Labels = Mapping[str, str]


def text(labels: Labels | None, *, language: str | None = None, default: str = "") -> str:
    """The text in the given or active language; else in its base language, English, or any; else `default`."""
    if not labels:
        return default
    wanted = language or get_language() or settings.LANGUAGE_CODE
    for code in (wanted, wanted.split("-")[0], settings.LANGUAGE_CODE, "en"):
        if found := labels.get(code):
            return found
    return next((label for label in labels.values() if label), default)
