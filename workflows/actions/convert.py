"""Make other records of one: a lead becomes an organisation, a person and an opportunity; a quote an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from records.gate.change import Change
from records.selectors import Query, visible
from workflows.actions.base import Action, Pause, Result, Work
from workflows.actions.values import raw_values
from workflows.automations.arguments import Argument
from workflows.automations.conversions import in_order

MOST_ROWS = 1000


class Convert(Action):
    """`targets` are made in one transaction; a value `{"made": "name"}` points at one made before. With
    `match`, a record that holds the same in that field is taken in place of a new one. `rows` copies what points
    at this record, such as the lines of a quote, so that the copies point at the new one."""

    def plan(self, work: Work) -> str:
        told = []
        targets = work.given["targets"]
        for target in map(targets.__getitem__, in_order(targets)):
            record_type = self._type(work, target)
            values = self._values(work, target, {}, trying=True)
            found = self._match(work, target, record_type, values)
            told.append(
                (_("take the %(type)s that is there") if found else _("create: %(type)s"))
                % {"type": record_type.label}
            )
        return "; ".join(told)

    def run(self, work: Work) -> Result:
        made: dict[str, int] = {}
        batch = None
        targets = work.given["targets"]
        for name in in_order(targets):
            target = targets[name]
            record_type = self._type(work, target)
            values = self._values(work, target, made)
            found = self._match(work, target, record_type, values)
            if found is None:
                receipt = work.execute([Change("create", type=record_type.key, values=values)])
                found, batch = receipt.outcomes[0].id, receipt.batch
                self._copy_rows(work, target.get("rows") or {}, int(found or 0))
            made[name] = int(found or 0)
        if links := work.given.get("back"):
            back = {key: [made[name]] for key, name in links.items() if name in made}
            batch = work.execute([Change("change", id=work.record_id, values=back)]).batch
        return Result(str(self.label), batch, context={work.action.key: made})

    def _type(self, work: Work, target: Mapping[str, Any]) -> TypeDef:
        try:
            return work.snapshot.types[target["type"]]
        except KeyError as error:
            raise Pause(_("There is no such record type.")) from error

    def _values(
        self,
        work: Work,
        target: Mapping[str, Any],
        made: Mapping[str, int],
        *,
        trying: bool = False,
    ) -> dict[str, Any]:
        given = target.get("values", {})
        plain = {k: v for k, v in given.items() if "made" not in v}
        found = raw_values(work, plain)
        for key, source in given.items():
            if "made" in source and not trying:
                found[key] = [made[source["made"]]]
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    def _copy_rows(self, work: Work, rows: Mapping[str, Any], owner: int) -> None:
        if not rows:
            return
        record_type, link = self._type(work, rows), rows["link"]
        here = {"field": link, "op": "linked_to", "value": [work.record_id]}
        rows_here = Query(record_type, where=here)
        found = visible(rows_here, access=work.access).order_by("pk")
        ids = list(found.values_list("pk", flat=True)[: MOST_ROWS + 1])
        if len(ids) > MOST_ROWS:
            raise Pause(_("There are more than %(number)s rows to copy.") % {"number": MOST_ROWS})
        if visible(rows_here, access=replace(work.access, authority=True)).count() > len(ids):
            said = _(
                "Some of the rows to copy are not for %(who)s to see, and a copy without them would be wrong. "
                "Ask somebody who sees them all."
            )
            raise Pause(said % {"who": work.access.user or _("the system")})
        copies = [self._copy(work, rows, pk) | {link: [owner]} for pk in ids]
        if copies:
            work.execute([Change("create", type=record_type.key, values=v) for v in copies])

    def _copy(self, work: Work, rows: Mapping[str, Any], pk: int) -> dict[str, Any]:
        found = raw_values(replace(work, record_id=pk), rows.get("values", {}))
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    def _match(
        self, work: Work, target: Mapping[str, Any], record_type: TypeDef, values: Mapping[str, Any]
    ) -> int | None:
        key = target.get("match")
        if not key or values.get(key) in (None, ""):
            return None
        same = {"field": key, "op": "eq", "value": values[key]}
        try:
            found = visible(Query(record_type, where=same), access=work.access)
        except ConditionInvalid as invalid:
            raise Pause(str(invalid)) from invalid
        return found.order_by("pk").values_list("pk", flat=True).first()


CONVERT = Convert(
    key="convert",
    label=gettext_lazy("Convert or copy"),
    description=gettext_lazy(
        "Other records out of this one, by a mapping; those that are there already are taken, not made again."
    ),
    icon="arrow-right-full",
    arguments=(
        Argument("targets", "targets", gettext_lazy("What is made"), required=True),
        Argument("back", "back", gettext_lazy("Fields of this record that then point at them")),
    ),
)
