"""Asking for approval, deciding, taking back. Whoever comes first has it: each begins by claiming the request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.permissions import ADMINISTER
from records import services
from records.access import Access
from records.errors import Forbidden, Refused
from records.gate import Change
from workflows.approvals import mail, steps
from workflows.approvals.definitions import ProcessDef, processes_of
from workflows.approvals.errors import Closed
from workflows.approvals.proposal import change_of, kept
from workflows.models import ApprovalRequest, ApprovalStep, ApprovalVote

State = ApprovalRequest.State
#: What of a change an approval is about.
ASKING = "needs_approval"


def request(
    change: Change,
    *,
    access: Access,
    process: str | Sequence[str] = (),
    rules: Iterable[str] = (),
    comment: str = "",
    channel: str = "screen",
) -> ApprovalRequest:
    """Ask for a change to be approved. The rules that want it are found by the gate; `rules` names further ones,
    `process` the processes where no rule says one. The record is held from now on.

    Raises `Refused` where something else stands in the way, `Forbidden` where nothing has to be approved or
    nobody could decide.
    """
    with transaction.atomic():
        draft = services.prepare(change, access=access, channel=channel)
        asking = [r for r in draft.outcome.refusals if r.code == ASKING]
        others = [r for r in draft.outcome.refusals if r.code != ASKING]
        if others:
            draft.outcome.refusals[:] = others
            raise Refused([draft.outcome])
        named = [process] if isinstance(process, str) else list(process)
        keys = list(dict.fromkeys([*named, *(str(r.detail.get("process")) for r in asking)]))
        found = [_process(key, draft.record_type.key, access) for key in keys]
        if not found:
            raise Forbidden(_("Nobody has to approve this: save it."))
        now = timezone.now()
        made = ApprovalRequest.objects.create(
            process=found[0].key,
            type=draft.record_type.key,
            record=draft.record,
            change={
                **kept(draft, authority=access.authority),
                "differs": any(each.different_from_requester for each in found),
            },
            rules=sorted({*rules, *(r.rule for r in asking if r.rule)}),
            requester=access.user,
            comment=comment,
            config_version=access.snapshot.version,
            asked_at=now,
            touched_at=now,
        )
        _add_steps(made, found)
        _open(made, _first(made, found), now)
    return made


def decide(
    asked: ApprovalRequest, *, access: Access, verdict: str, comment: str = ""
) -> ApprovalRequest:
    """Say yes or no (`ApprovalVote.Verdict`), for oneself, else for somebody absent. On the last yes the change is
    carried out. Raises `Closed` where somebody was faster, `Forbidden` for whoever is not asked."""
    with transaction.atomic():
        found = claim(asked)
        now = timezone.now()
        for step in found.steps.filter(state=ApprovalStep.State.OPEN):
            mail.asked(found, steps.renew(step, now))
        vote = mine(found, access)
        if vote is None:
            raise Forbidden(_("You are not asked, or have answered already."))
        ApprovalVote.objects.filter(pk=vote.pk).update(
            verdict=ApprovalVote.Verdict(verdict), comment=comment, by=access.user, at=now
        )
        go_on(found, now)
    return found


def withdraw(asked: ApprovalRequest, *, access: Access) -> ApprovalRequest:
    """By whoever asked, or an administrator. Raises `Closed`, `Forbidden`."""
    if not may_withdraw(asked, access):
        raise Forbidden(_("Only whoever asked may take it back."))
    with transaction.atomic():
        found = claim(asked)
        _end(found, State.WITHDRAWN, timezone.now())
    return found


def may_withdraw(asked: ApprovalRequest, access: Access) -> bool:
    if access.user is None or access.read_only:
        return False
    return access.user_id == asked.requester_id or access.user.has_perm(ADMINISTER)


def mine(asked: ApprovalRequest, access: Access) -> ApprovalVote | None:
    """The word that is awaited of whoever asks: their own, else that of somebody whom they stand in for."""
    if access.read_only or (steps.differs(asked) and access.user_id == asked.requester_id):
        return None
    ids = [access.user_id, *sorted(access.stands_for)]
    rows = ApprovalVote.objects.filter(
        step__request=asked,
        step__state=ApprovalStep.State.OPEN,
        verdict=ApprovalVote.Verdict.NONE,
        user__in=[pk for pk in ids if pk is not None],
    )
    found = sorted(rows.select_related("step"), key=lambda vote: ids.index(vote.user_id))
    return found[0] if found else None


def go_on(found: ApprovalRequest, now: datetime) -> None:
    """Close the steps that are decided, open the next, and end the request when nothing is left to ask."""
    for step in found.steps.filter(state=ApprovalStep.State.OPEN):
        decided = steps.verdict(step)
        if decided is not None:
            step.state = decided
            step.save(update_fields=["state"])
    states = list(found.steps.values_list("state", flat=True))
    if ApprovalStep.State.REFUSED in states:
        _end(found, State.REFUSED, now)
    elif all(state == ApprovalStep.State.PASSED for state in states):
        _carry_out(found, now)
    elif ApprovalStep.State.OPEN not in states:
        _open(found, found.steps.filter(state=ApprovalStep.State.COMING)[:1], now)


def fail(found: ApprovalRequest, reason: str, now: datetime) -> None:
    found.reasons = [reason]
    _end(found, State.FAILED, now)


def claim(asked: ApprovalRequest) -> ApprovalRequest:
    """The request as it stands, locked against others until this transaction ends."""
    waiting = ApprovalRequest.objects.filter(pk=asked.pk, state=State.WAITING)
    if not waiting.update(touched_at=timezone.now()):
        raise Closed(_("It does not wait any more: somebody was faster."))
    return ApprovalRequest.objects.select_related("record", "requester").get(pk=asked.pk)


def _process(key: str, record_type: str, access: Access) -> ProcessDef:
    found = processes_of(access.snapshot).get(key)
    if found is None or found.retired or found.type != record_type:
        raise Forbidden(_("There is no approval process “%(key)s”.") % {"key": key})
    return found


def _add_steps(made: ApprovalRequest, found: Sequence[ProcessDef]) -> None:
    definitions = [raw for each in found for raw in each.steps]
    ApprovalStep.objects.bulk_create(
        [
            ApprovalStep(request=made, position=place, definition=dict(raw))
            for place, raw in enumerate(definitions)
        ]
    )


def _first(made: ApprovalRequest, found: Sequence[ProcessDef]) -> list[ApprovalStep]:
    """Several processes at once are asked side by side only if each of them is."""
    every = list(made.steps.all())
    return every if all(each.order == "parallel" for each in found) else every[:1]


def _open(found: ApprovalRequest, some: Iterable[ApprovalStep], now: datetime) -> None:
    for step in some:
        step.request = found
        asked = steps.open_step(step, now)
        if not asked:
            raise Forbidden(_("Nobody could decide about it: an administrator must see to that."))
        mail.asked(found, asked)


def _end(found: ApprovalRequest, state: str, now: datetime) -> None:
    found.state, found.ended_at = state, now
    found.save(update_fields=["state", "ended_at", "reasons", "record"])
    mail.ended(found)


def _carry_out(found: ApprovalRequest, now: datetime) -> None:
    """As whoever asked, through the gate. What else has come to stand in the way is told to them."""
    found.state = State.APPROVED
    found.save(update_fields=["state"])
    access = (
        Access.system(on_behalf_of=found.requester)
        if found.change.get("authority")
        else Access.of(found.requester or AnonymousUser())
    )
    record_type = access.snapshot.types.get(found.type)
    if record_type is None or (found.change["action"] != "create" and found.record_id is None):
        return fail(found, _("The record is no longer there."), now)
    outcome = services.execute_one(
        change_of(found, record_type), access=access, channel="screen", reason=_agreed(found)
    )
    if not outcome.ok:
        found.reasons = [str(refusal.message) for refusal in outcome.refusals]
        return _end(found, State.FAILED, now)
    if found.change["action"] == "create":
        found.record_id = outcome.id
    elif found.change["action"] == "delete":
        found.record_id = None
    _end(found, State.APPROVED, now)
    return None


def _agreed(found: ApprovalRequest) -> str:
    votes = ApprovalVote.objects.filter(
        step__request=found, verdict=ApprovalVote.Verdict.YES
    ).select_related("by")
    names = ", ".join(dict.fromkeys(str(vote.by) for vote in votes))
    return _("Approved by %(names)s.") % {"names": names}
