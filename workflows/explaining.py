"""Why a record may be moved to a stage, or may not: the gate is asked, and each thing that a move meets is told with
yes or no and the value that decided, as far as whoever is told may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition, Subject
from crm_config.definitions import TypeDef
from crm_config.field_types.base import Names
from records import services
from records.access import Access
from records.access.asker import Asker
from records.access.subjects import subject_of
from records.explain.conditions import parted
from records.explain.reader import Reader
from records.explain.tree import Part
from records.gate import Change
from records.gate.draft import STAGE, Draft
from records.gate.subjects import subjects_of
from records.models import Event, Record
from workflows.pipelines import ticking
from workflows.pipelines.conditions import by_of, guard_of
from workflows.pipelines.definitions import PipelineDef, StageDef, TransitionDef
from workflows.pipelines.judging import guard_holds, may_go, no_way
from workflows.pipelines.live import pipeline_with
from workflows.pipelines.machine import ways
from workflows.procedures.conditions import Broken, rule_of
from workflows.procedures.definitions import MODES, ProcedureDef, in_use
from workflows.procedures.gate import moments

#: Refusals that a part of its own tells of.
TOLD = frozenset(
    {
        "not_your_move", "guard", "missing_for_stage", "checklist", "procedure", "acknowledge",
        "needs_approval", "no_transition", "no_backward", "no_skip", "retired", "forbidden",
    }
)  # fmt: skip


@dataclass(frozen=True)
class ReaderAfter(Reader):
    """Reads values as they would be after the move."""

    draft: Draft | None = None

    def value(self, key: str) -> str:
        if self.draft is None or key not in self.draft.changed() or not self.sees(key):
            return super().value(key)
        f, value = self.type.all_fields[key], self.draft.after.get(key)
        return "" if value is None else str(f.type.display(f, value, Names()))


def explained(record: Record, access: Access, viewer: Access, to: str) -> Sequence[Part]:
    """Each stage that the record could be in, in the order of its pipeline; with `to`, that one alone."""
    record_type = access.snapshot.types[record.type]
    pipeline = pipeline_with(access.snapshot, record_type.key, record.stage)
    if pipeline is None or not Reader(viewer, record_type, record).sees(STAGE):
        return []
    stages = [s for s in pipeline.active if s.key != record.stage and to in ("", s.key)]
    changes = [Change("change", id=record.pk, values={STAGE: stage.key}) for stage in stages]
    if not changes:
        return []
    drafts = services.drafts(changes, access=access, channel=Event.Channel.SCREEN)
    after = subjects_of(drafts, access.snapshot)
    ticked = ticking.ticked([record.pk]).get(record.pk, frozenset())
    return [
        _Move(record, record_type, pipeline, stage, draft, after[draft], access, viewer).part(
            ticked
        )
        for stage, draft in zip(stages, drafts, strict=True)
    ]


@dataclass(frozen=True, eq=False)
class _Move:
    record: Record
    type: TypeDef
    pipeline: PipelineDef
    stage: StageDef
    draft: Draft
    subject: Subject
    access: Access
    viewer: Access

    @property
    def reader(self) -> ReaderAfter:
        return ReaderAfter(self.viewer, self.type, self.record, self.draft)

    @property
    def here(self) -> StageDef:
        return self.pipeline.by_key[self.record.stage or ""]

    def part(self, ticked: frozenset[tuple[str, str]]) -> Part:
        """The verdict is the gate's; the parts say why."""
        words = _("Move it to “%(stage)s”") % {"stage": self.stage.label}
        found = ways(self.pipeline, self.here.key, self.stage.key)
        if isinstance(found, str):
            why = str(no_way(found, self.here, self.stage).message)
            return Part("move", words, self.draft.ok, [Part("no_way", why, False)])
        drawn = [self._way(move.transition) for move in found if move.transition]
        if len(drawn) > 1:
            any_of = any(part.verdict for part in drawn)
            drawn = [Part("any", _("One of these moves"), any_of, drawn)]
        taken = next((m.transition for m in found if m.transition), None)
        parts = [
            *drawn,
            *self._fields(taken),
            *self._checklist(ticked),
            *(self._procedure(p) for p in self._procedures()),
            *self._others(),
        ]
        return Part("move", words, self.draft.ok, parts)

    def _way(self, transition: TransitionDef) -> Part:
        parts = [*self._who(transition), *self._guard(transition)]
        words = transition.label or self.stage.label
        return Part("way", words, all(part.verdict for part in parts), parts)

    def _who(self, transition: TransitionDef) -> Iterator[Part]:
        may = may_go(transition, self.pipeline, self._before, self.access)
        roles = self.access.snapshot.roles
        names = ", ".join(roles[key].label for key in sorted(transition.roles) if key in roles)
        words = (
            _("For these roles: %(roles)s") % {"roles": names}
            if names
            else _("For everybody who may move such records")
        )
        condition = (
            by_of(transition, self.pipeline, self.access.snapshot) if transition.by else None
        )
        inner = (
            [self._traced(condition, self._before(), self.access.askers[0])] if condition else []
        )
        yield Part("who", words, may, inner)

    def _guard(self, transition: TransitionDef) -> Iterator[Part]:
        if not transition.guard:
            return
        holds = guard_holds(transition, self.pipeline, lambda: self.subject, self.access)
        guard = guard_of(transition, self.pipeline, self.access.snapshot)
        words = transition.message_text or _("What must hold for it")
        if holds:
            words = _("What must hold for it")
        inner = [self._traced(guard, self.subject, self.access.askers[0])] if guard else []
        yield Part("guard", words, holds, inner)

    def _fields(self, transition: TransitionDef | None) -> Iterator[Part]:
        """Those that the move asks for; of what its reader may not see, only that something is missing."""
        asked = transition.fields if transition else ()
        wanted = dict.fromkeys((*self.here.exit, *self.stage.entry, *asked))
        hidden_missing = False
        for key in wanted:
            f = self.type.all_fields.get(key)
            if f is None:
                continue
            filled = key in self.draft.after
            if self.reader.sees(key):
                words = _("“%(field)s” is filled in") % {"field": f.label}
                yield Part("field", words, filled, saw=self.reader.value(key))
            else:
                hidden_missing = hidden_missing or not filled
        if hidden_missing:
            yield Part("field", _("Something that you may not see is missing."), False)

    def _checklist(self, ticked: frozenset[tuple[str, str]]) -> Iterator[Part]:
        if not ticking.wanted(self.pipeline, self.here, self.stage):
            return
        missed = {check.key for check in ticking.to_do(self.here, ticked)}
        parts = [Part("tick", c.label, c.key not in missed) for c in self.here.checklist]
        words = _("The checklist of “%(stage)s”") % {"stage": self.here.label}
        yield Part("checklist", words, not missed, parts)

    def _procedures(self) -> list[ProcedureDef]:
        now = frozenset(moments(self.draft))
        return [p for p in in_use(self.access.snapshot, self.type.key) if p.moments & now]

    def _procedure(self, procedure: ProcedureDef) -> Part:
        said = {"name": procedure.label, "mode": str(MODES[procedure.mode])}
        words = _("Procedure “%(name)s”: %(mode)s") % said
        rule = rule_of(procedure, self.access.snapshot)
        if isinstance(rule, Broken):
            return Part("procedure", words, False, [Part("broken", _("It cannot be read."), False)])
        asker, before = self.access.askers[0], self._before()
        broken = rule.broken_by(self.subject, asker.standpoint, before=before)
        inner = []
        if rule.when is not None:
            about = self._traced(rule.when, self.subject, asker, before)
            inner.append(Part("when", _("It is about such a record"), about.verdict, [about]))
        must = self._traced(rule.must, self.subject, asker, before)
        inner.append(Part("must", _("What must hold"), must.verdict, [must]))
        return Part("procedure", words, not broken, inner, "" if not broken else procedure.message)

    def _others(self) -> Iterator[Part]:
        """What else the gate says, such as that others have yet to decide."""
        for refusal in self.draft.outcome.refusals:
            if refusal.code == "forbidden":
                yield Part("right", _("They may change its stage, by the rights above"), False)
            elif refusal.code not in TOLD:
                heard = refusal.field is None or self.reader.sees(refusal.field)
                hidden = _("Something that you may not see stands against it.")
                yield Part("refusal", str(refusal.message) if heard else hidden, False)

    def _before(self) -> Subject:
        found = subject_of(self.record, self.type, self.access.snapshot)
        if found is None:
            raise LookupError(self.record.pk)
        return found

    def _traced(
        self,
        condition: Condition,
        subject: Subject,
        asker: Asker,
        before: Subject | None = None,
    ) -> Part:
        return parted(condition.trace(subject, asker.standpoint, before=before), self.reader)
