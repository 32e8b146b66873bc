"""The explanation of one answer of access. Its verdict is put together from its parts, and equals the gate's
(property test)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, RoleDef, TypeDef
from crm_config.words.access import ACTIONS, SCOPES_IN_FULL
from records.access import Access
from records.access import shares as sharing
from records.access.asker import Asker
from records.access.scopes import SCOPES, Granted
from records.explain.fields import field_about, of_field
from records.explain.further import further
from records.explain.reader import Reader
from records.explain.remedies import remedies
from records.explain.scopes import of_scope
from records.explain.tree import Explanation, Part
from records.models import Record, RecordShare
from records.selectors.names import user_names


def explain(
    access: Access,
    action: str,
    about: Record | TypeDef,
    *,
    viewer: Access,
    to: str = "",
    field: str = "",
) -> Explanation:
    """Why `access` may do `action` with a record, or with any record of a type. `viewer` is who is told. `to` narrows
    what is told besides the rights, such as to the stage of one move; `field` to one field of a record, to be viewed
    or changed. Raises `NotVisible` for a field that `viewer` may not ask about."""
    if isinstance(about, Record):
        record, record_type = about, access.snapshot.types[about.type]
    else:
        record, record_type = None, about
    reader = Reader(viewer, record_type, record)
    f = field_about(field, action, reader) if field else None
    parts = [_person(asker, action, record, record_type, reader, f) for asker in access.askers]
    in_the_way = list(_in_the_way(access, action, record, record_type))
    verdict = any(part.verdict for part in parts) and not in_the_way
    who = str(access.user) if access.user else _("The system")
    return Explanation(
        who=who,
        action=action,
        type=record_type,
        record=record.pk if record else None,
        words=_words(who, action, record_type, reader, verdict, f),
        verdict=verdict,
        parts=[*in_the_way, *parts],
        remedies=() if verdict else remedies(access, action, record, record_type, in_the_way, f),
        further=further(action, record, access=access, viewer=viewer, to=to),
        field=field,
    )


def _words(
    who: str,
    action: str,
    record_type: TypeDef,
    reader: Reader,
    verdict: bool,
    f: FieldDef | None,
) -> str:
    named = {
        "who": who,
        "action": str(ACTIONS.get(action, action)).lower(),
        "what": reader.view.title if reader.view else record_type.plural_label,
    }
    if reader.record is not None and reader.view is None:
        named["what"] = record_type.label
    if f is not None:
        named["what"] = _("%(field)s of %(record)s") % {"field": f.label, "record": named["what"]}
    if verdict:
        return _("%(who)s may do this: %(action)s %(what)s") % named
    return _("%(who)s may not do this: %(action)s %(what)s") % named


def _in_the_way(
    access: Access, action: str, record: Record | None, record_type: TypeDef
) -> Iterator[Part]:
    """What nobody's rights change."""
    if record_type.retired:
        yield Part("retired", _("This kind of record is no longer in use"), False)
    archived = record is not None and record.archived_at is not None
    if archived and action == "change" and not access.authority:
        yield Part("archived", _("It is archived: restore it before changing it"), False)


def _person(
    asker: Asker,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    reader: Reader,
    f: FieldDef | None,
) -> Part:
    """One of those as whom is asked: all that the action takes must hold for the same person."""
    access = asker.access
    words = str(access.user or _("The system"))
    if asker is not access.askers[0]:
        name = user_names([asker.user_id or 0]).get(asker.user_id or 0, "")
        words = _("As %(name)s, who is away") % {"name": name}
    if asker.unlimited:
        everything = _("Superusers may do everything")
        parts = [Part("unlimited", everything, bool(asker.granted(record_type, action)))]
    else:
        needed = [action] if record is None or action in ("view", "create") else ["view", action]
        parts = [_action(asker, each, record, record_type, reader) for each in needed]
    if f is not None and record is not None:
        parts.append(of_field(asker, action, record, f, reader))
    return Part("person", words, all(part.verdict for part in parts), parts)


def _action(
    asker: Asker, action: str, record: Record | None, record_type: TypeDef, reader: Reader
) -> Part:
    parts = [_role(asker, role, action, record, record_type, reader) for role in asker.roles]
    granted = bool(asker.granted(record_type, action))
    if record is not None:
        parts.extend(_shares(asker, action, record, record_type, granted=granted))
    if not asker.roles:
        parts.append(Part("none", _("Has no role"), False))
    verdict = any(part.verdict for part in parts)
    return Part("action", str(ACTIONS.get(action, action)), verdict, parts)


def _role(
    asker: Asker,
    role: RoleDef,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    reader: Reader,
) -> Part:
    grant = role.grants.get((record_type.key, action))
    named = {"role": role.label, "type": record_type.plural_label}
    if grant is None or grant.scope == "none" or grant.scope not in SCOPES:
        return Part("role", _("Role %(role)s: nothing is granted on %(type)s") % named, False)
    named["scope"] = str(SCOPES_IN_FULL[grant.scope]).lower()
    words = _("Role %(role)s: %(scope)s") % named
    if not asker.access.lets_through(record_type, action):
        return Part("role", words, False, [Part("token", _("The token leaves it out"), False)])
    if record_type.retired or not asker.counts(grant, role, record_type):
        broken = _("Its condition cannot be read any more, and so grants nothing")
        inner = [] if record_type.retired else [Part("condition", broken, False)]
        return Part("role", words, False, inner)
    held = Granted(role, record_type, action, grant.scope)
    if record is None:
        return Part("role", words, True)
    verdict = SCOPES[grant.scope].holds(asker, record, held)
    return Part("role", words, verdict, of_scope(asker, record, held, reader))


def _shares(
    asker: Asker, action: str, record: Record, record_type: TypeDef, *, granted: bool
) -> Iterator[Part]:
    """What was shared with this person. Where no role grants the action at all, no share does."""
    rows = sharing.had_by(asker).filter(record=record.pk).select_related("given_by", "team")
    for share in rows.order_by("pk"):
        holds = granted and share.level in sharing.LEVELS.get(action, ())
        inner = () if granted else (Part("none", _("No role grants this at all"), False),)
        yield Part("share", share_words(share), holds, inner)


def share_words(share: RecordShare) -> str:
    named = {"level": str(RecordShare.Level(share.level).label), "by": share.given_by or "–"}
    if share.team is None:
        return _("Shared by %(by)s: %(level)s") % named
    return _("Shared with the team %(team)s by %(by)s: %(level)s") % {**named, "team": share.team}
