"""What is wrong with where a form for staff is used, and with what stands on it that only outsiders can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.problems import Problem
from forms_builder.definitions import SECTION, FormDef
from forms_builder.engine.fields import sources_of
from forms_builder.layouts.uses import NAMES, STAFF, USES, said, undecided
from records.forms.layouts import NEW, TRANSITION
from records.forms.writable import PEOPLE

#: They ask people who are not logged in.
OUTSIDE = frozenset({"consent", "captcha"})


def wrong_uses(form: FormDef, draft: Draft) -> Iterator[str]:
    if form.channel != STAFF:
        if any(form.settings.get(name) for name in NAMES):
            yield _("Where it is used is said of forms for staff alone.")
        return
    yield from _named(form, draft)
    uses = said(form, "used_for")
    if said(form, "into") and uses and TRANSITION not in uses:
        yield _("It names stages that records are moved to, and is not used for moving them.")
    if said(form, "stages") and uses and uses <= NEW:
        yield _("It names stages, and a new record has none yet.")


def _named(form: FormDef, draft: Draft) -> Iterator[str]:
    roles = {raw["key"] for raw in draft.payload["roles"]}
    for key in sorted(said(form, "roles") - roles):
        yield _("There is no role “%(key)s”.") % {"key": key}
    stages = draft.snapshot.types[form.type].all_fields.get("stage")
    known = stages.choice_map if stages is not None else {}
    for key in sorted((said(form, "stages") | said(form, "into")) - known.keys()):
        yield _("There is no stage “%(key)s”.") % {"key": key}


def wrong_items(form: FormDef, draft: Draft) -> Iterator[Problem]:
    """A form that is used by staff has each field once: it is the record's own form."""
    if form.channel != STAFF or not said(form, "used_for"):
        return
    path = (SECTION, form.key, "items")
    for item in form.items.values():
        if item.kind in OUTSIDE:
            yield Problem((*path, item.key), _("This is asked on public forms alone."))
    sources = sources_of(form, draft.snapshot)
    for key, source in sources.items():
        if source.system and source.key not in PEOPLE:
            message = _("“%(field)s” is changed elsewhere, by moving the record.")
            yield Problem((*path, key), message % {"field": source.label})
    own = [k for k, i in form.items.items() if i.kind in ("field", "hidden") and k in sources]
    counted = Counter(sources[key].key for key in own)
    for key in own:
        if counted[sources[key].key] > 1:
            message = _("“%(field)s” stands on it more than once.")
            yield Problem((*path, key), message % {"field": sources[key].label})


def ambiguous(forms: Iterable[FormDef]) -> Iterator[Problem]:
    """Forms of which nobody could say which is meant."""
    for one, other, use in undecided(forms):
        message = _(
            "“%(use)s”: the form “%(other)s” is meant for the same people and stages. Let one of them say more, or "
            "less."
        )
        for form, rival in ((one, other), (other, one)):
            said_ = {"use": USES[use], "other": rival.label}
            yield Problem((SECTION, form.key), message % said_)
