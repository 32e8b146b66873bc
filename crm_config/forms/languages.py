"""The languages that labels are written in."""

from collections.abc import Iterable

from crm_config.words.plain import language

FIRST = "en"


def company_languages(codes: Iterable[str] | None) -> list[str]:
    """The company's languages, English first: it is what other languages fall back to."""
    return sorted(codes or [FIRST], key=lambda code: code != FIRST)


def language_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, language(code)) for code in codes]
