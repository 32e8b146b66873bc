"""Differences and values of no particular kind, in words."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.diff import Difference
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

NOTHING = "–"


def shown(value: Any) -> str:
    """A JSON value as people read it."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{_key(key)}: {shown(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(shown(part) for part in value)
    return str(value)


def _key(key: str) -> str:
    return capfirst(key.replace("_", " "))


def shown_labels(value: Mapping[str, str] | None) -> str:
    """Each language with its text; the text alone where there is one language."""
    texts = {code: text for code, text in (value or {}).items() if text}
    if not texts:
        return NOTHING
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "; ".join(f"{language(code)}: {text}" for code, text in texts.items())


def language(code: str) -> str:
    known = dict(settings.LANGUAGES)
    return str(get_language_info(code)["name_translated"]) if code in known else code


def changed_languages(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> str:
    codes = [*(before or {}), *(c for c in after or {} if c not in (before or {}))]
    changed = [c for c in codes if (before or {}).get(c, "") != (after or {}).get(c, "")]
    return ", ".join(language(code) for code in changed)


def label_here(value: Mapping[str, str] | None) -> str:
    return labels.text(value, language=get_language())


def plain(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    """For what nobody words better: added, removed, moved, or changed."""
    owner = difference.object_path
    if difference.kind == "added":
        return say(_("{name} is added."), name=vocabulary.name(owner))
    if difference.kind == "removed":
        return say(_("{name} is removed."), name=vocabulary.name(owner))
    if difference.kind == "moved":
        return say(_("The order of {list} changes."), list=_key(difference.path[-2]))
    attribute = _key(difference.path[-1])
    if len(difference.path) == 1:
        return say(_("{attribute} changes."), attribute=attribute)
    return say(
        _("{attribute} of {name} changes."), attribute=attribute, name=vocabulary.name(owner)
    )
