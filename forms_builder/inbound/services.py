"""What comes in through a hook: kept raw, mapped to the form's items, sent as any submission. Each message once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from forms_builder import places, services
from forms_builder.definitions import FormDef, forms_of
from forms_builder.engine.logic import Broken
from forms_builder.inbound.definitions import HookDef, hooks_of
from forms_builder.inbound.paths import at, mapped
from forms_builder.models import InboundMessage, Submission
from forms_builder.public.filling import Filling
from jobs.errors import NotAllowed

Status = InboundMessage.Status


class Unreadable(Exception):
    """Neither JSON nor what a form posts."""


def read(content_type: str, body: str) -> Any:
    """Raises `Unreadable`."""
    if "x-www-form-urlencoded" in content_type:
        pairs = parse_qs(body, keep_blank_values=True, max_num_fields=1000)
        return {key: values[0] if len(values) == 1 else values for key, values in pairs.items()}
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def take(hook: HookDef, *, name: str, content_type: str, body: str) -> InboundMessage:
    """Raises `Unreadable`. What was taken is kept before anything is done with it, and nothing is lost then."""
    said = read(content_type, body)
    message = message_id(hook, name, said, body)
    known = InboundMessage.objects.filter(hook=hook.key, message=message).first()
    if known is not None:
        return known
    row = InboundMessage(
        hook=hook.key,
        message=message,
        content_type=content_type[:100],
        body=body.replace("\0", ""),
        status=Status.HELD,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return InboundMessage.objects.get(hook=hook.key, message=message)
    play(row)
    return row


def message_id(hook: HookDef, name: str, said: Any, body: str) -> str:
    """As the other side names it; without a name, by what it says: the same again is the same message."""
    found = name or (str(at(said, hook.message) or "") if hook.message else "")
    return hashlib.sha256((found or f"body:{body}").encode(errors="replace")).hexdigest()


def replay(row: InboundMessage) -> InboundMessage:
    """Once more, by the mapping and the form as they are published now. Raises `NotAllowed`."""
    if row.submission is not None and row.submission.status == Submission.Status.ACCEPTED:
        raise NotAllowed(_("It was handled already."))
    if row.submission is not None:
        services.replay(row.submission)
    else:
        play(row)
    row.refresh_from_db()
    return row


def play(row: InboundMessage) -> None:
    with pinned(live()) as snapshot:
        try:
            row.submission = _submitted(row, snapshot)
            row.status, row.why = Status.TAKEN, []
        except Unfit as unfit:
            row.status, row.why = Status.HELD, unfit.reasons
    row.save(update_fields=["submission", "status", "why"])


class Unfit(Exception):
    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        super().__init__("; ".join(reasons))


def _submitted(row: InboundMessage, snapshot: Snapshot) -> Submission:
    """What the form would refuse at the screen is kept as a submission that is held, with what does not fit."""
    hook = hooks_of(snapshot).get(row.hook)
    form = forms_of(snapshot).get(hook.form) if hook else None
    if hook is None or form is None or form.retired:
        raise Unfit(_("The hook or its form is not in use any more."))
    try:
        filling = filled(hook, form, snapshot, read(row.content_type, row.body))
        states = filling.states()
    except (Broken, Unreadable) as error:
        raise Unfit(str(error)) from error
    sent = services.Sent(
        values=filling.raw,
        key=f"in:{row.hook}:{row.message}"[:80],
        channel=Submission.Channel.HOOK,
        fixed=filling.fixed,
        language=snapshot.company.languages[0],
        person=services.person_key(form, filling.raw),
    )
    try:
        return services.submit(form, sent, snapshot=snapshot, states=states)
    except (places.Full, services.Already) as refused:
        raise Unfit(str(refused)) from refused


def filled(hook: HookDef, form: FormDef, snapshot: Snapshot, body: Any) -> Filling:
    """The form as a message fills it in: hidden items too, for it comes from a system that proved who it is."""
    filling = Filling(form, snapshot, snapshot.company.languages[0])
    filling.begin({})
    given = mapped(body, hook.mapping)
    filling.values |= given
    filling.fixed |= {k: v for k, v in given.items() if form.items[k].kind == "hidden"}
    return filling


def tried(hook: HookDef, form: FormDef, snapshot: Snapshot, body: Any) -> Mapping[str, Any]:
    """What a sample would fill in, and what would not fit; nothing is written. Raises `Broken`."""
    filling = filled(hook, form, snapshot, body)
    states = filling.states()
    return {"values": states.values, "errors": filling.checked(states).errors}
