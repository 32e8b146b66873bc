"""Counter-examples in words. A record is told by its type and number: whoever may see it finds its title there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from crm_config.definitions import SERIAL_BITS, Snapshot
from crm_config.models import User
from crm_config.promises.checking import Example
from crm_config.promises.kinds.base import joined, put
from crm_config.promises.naming import SnapshotNames
from crm_config.promises.words import RIGHTS, VERBS
from crm_config.words.access import SCOPES_IN_FULL


def told(example: Example, snapshot: Snapshot) -> str:
    """One or two sentences: who, what, which record, and by which grant."""
    if example.broken:
        return _("It cannot be checked. %(reason)s") % {"reason": example.broken}
    who = person(example.user) if example.user else _role(example, snapshot)
    words = {"who": who, "verb": str(VERBS.get(example.action) or RIGHTS[example.action])}
    words["what"] = _what(example, snapshot)
    if not example.roles:
        return _missed(example, words, snapshot)
    return f"{put(_('{who} may {verb} {what}.'), **words)} {_why(example, snapshot)}".strip()


def _missed(example: Example, words: dict[str, str], snapshot: Snapshot) -> str:
    """No grant is told of where one is missing; else what lets somebody is not a role of theirs."""
    if example.user and not example.role:
        return put(_("{who} may {verb} {what}. It comes from no role of theirs."), **words)
    if example.user:
        return put(_("{who} may not {verb} {what}."), **words)
    return put(_("No one in {who} may {verb} {what}."), **words)


def person(user: int) -> str:
    found = User.objects.filter(pk=user).first()
    return str(found) if found else _("somebody")


def _role(example: Example, snapshot: Snapshot) -> str:
    name = SnapshotNames(snapshot).role(example.role)
    return _("The role “%(role)s” by itself") % {"role": name} if example.alone else f"“{name}”"


def _what(example: Example, snapshot: Snapshot) -> str:
    names = SnapshotNames(snapshot)
    plural = names.record_type(example.type)
    if example.field:
        field = names.field(example.type, example.field)
        return _("the field “%(field)s” of %(type)s") % {"field": field, "type": plural}
    return record_name(example.record, snapshot) if example.record else plural


def record_name(record: int, snapshot: Snapshot) -> str:
    """“Organisation 12”."""
    found = snapshot.by_number.get(record >> SERIAL_BITS)
    number = record & ((1 << SERIAL_BITS) - 1)
    return f"{found.label} {number}" if found else str(number)


def _why(example: Example, snapshot: Snapshot) -> str:
    names = SnapshotNames(snapshot)
    roles = joined([f"“{names.role(key)}”" for key in example.roles])
    if example.scope:
        scope = SCOPES_IN_FULL.get(example.scope, example.scope)
        return _("It is granted to %(roles)s: %(scope)s.") % {"roles": roles, "scope": scope}
    return "" if example.alone else _("It comes from %(roles)s.") % {"roles": roles}
