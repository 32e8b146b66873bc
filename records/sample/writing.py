"""Planned steps through the gate: week by week, each person's under their name."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_config.field_types.base import CoerceContext
from crm_config.live import live
from crm_config.models import User
from records import services
from records.access import Access
from records.errors import Refused
from records.gate import Change
from records.models import Event
from records.rates import rate_on
from records.sample.logins import BY_NAME
from records.sample.plan import Ref, Step
from records.sample.staff import Staff


class Writer:
    """Writes steps, and knows the ids of what it wrote."""

    def __init__(self, staff: Staff, now: datetime) -> None:
        self.staff = staff
        self.now = now
        self.ids: dict[int, int] = {}
        self.moment = datetime.min.replace(tzinfo=UTC)

    def write(self, steps: Sequence[Step]) -> None:
        """A week at a time: many small batches would take minutes."""
        by_week: dict[date, list[Step]] = defaultdict(list)
        for step in steps:
            by_week[step.day - timedelta(days=step.day.weekday())].append(step)
        for week in sorted(by_week):
            for batch in self._batches(sorted(by_week[week], key=lambda step: step.day)):
                self._execute(batch, self._moment(batch))

    def _batches(self, steps: list[Step]) -> Iterator[list[Step]]:
        """One person's steps at a time, those first that need nothing else of the day."""
        waiting = steps
        while waiting:
            ready = [step for step in waiting if all(ref.token in self.ids for ref in step.needs())]
            if not ready:
                raise RuntimeError(f"Steps of the sample company wait for each other: {waiting[0]}")
            batch = _once_each([step for step in ready if step.by == ready[0].by])
            yield batch
            waiting = [step for step in waiting if step not in batch]

    def _moment(self, steps: list[Step]) -> datetime:
        """When the last of them was done; later than what was written before, and never after now."""
        hour = time(7 + len(steps) % 9, 7 * len(steps) % 60)
        last = max(step.day for step in steps)
        done = datetime.combine(last - timedelta(days=max(0, last.weekday() - 4)), hour, UTC)
        self.moment = min(max(done, self.moment + timedelta(minutes=1)), self.now)
        return self.moment

    def _execute(self, steps: list[Step], moment: datetime) -> None:
        user = self.staff.users[steps[0].by]
        receipt = services.execute(
            [self._change(step) for step in steps],
            access=Access.system(on_behalf_of=user),
            channel=Event.Channel.SYSTEM,
            reading=self._reading(user, moment),
        )
        if not receipt.ok:
            raise Refused(list(receipt.outcomes))
        for step, outcome in zip(steps, receipt.outcomes, strict=True):
            if outcome.id is not None:
                self.ids[step.ref.token] = outcome.id

    def _reading(self, user: User, moment: datetime) -> CoerceContext:
        company = live().company
        return CoerceContext(
            now=moment,
            tz=ZoneInfo(company.time_zone),
            me=user.pk,
            base_currency=company.base_currency,
            rate=rate_on,
        )

    def _change(self, step: Step) -> Change:
        values = {key: self._resolved(value) for key, value in step.values.items()}
        if not step.type:
            return Change("change", id=self.ids[step.ref.token], values=values)
        team = BY_NAME[step.by].team
        values.setdefault("owner", self.staff.users[step.by].pk)
        values.setdefault("team", self.staff.teams[team].pk)
        return Change("create", type=step.type, values=values)

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._resolved(member) for member in value]
        return self.ids[value.token] if isinstance(value, Ref) else value


def _once_each(steps: list[Step]) -> list[Step]:
    """Only the first step of each record: the gate takes one change of a record at a time."""
    found: dict[int, Step] = {}
    for step in steps:
        found.setdefault(step.ref.token, step)
    return list(found.values())
