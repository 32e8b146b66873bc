"""The records behind a figure: worked out again from what the simulation keeps, under the eyes of who looks."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config.definitions import TypeDef
from records.models.record import RecordQuerySet
from records.simulation.figures.counting import rows
from records.simulation.figures.pairs import Pair, of_people, of_roles
from records.simulation.figures.sight import ON_RECORDS, WAYS
from records.simulation.sets import union
from records.simulation.trial import Trial


class NoSuchFigure(LookupError):
    pass


@dataclass(frozen=True)
class Asked:
    """Whose records: of a role, of a person, or of all people together. `way` is gained or lost."""

    type: str
    action: str
    way: str
    role: str = ""
    user: int | None = None


def behind(asked: Asked, trial: Trial) -> tuple[TypeDef, RecordQuerySet]:
    """Raises `NoSuchFigure`."""
    record_type = trial.before.types.get(asked.type)
    if record_type is None or asked.action not in ON_RECORDS or asked.way not in WAYS:
        raise NoSuchFigure
    pairs = _pairs(asked, record_type, trial)
    return record_type, rows(record_type).filter(union(getattr(pair, asked.way) for pair in pairs))


def _pairs(asked: Asked, record_type: TypeDef, trial: Trial) -> list[Pair]:
    if asked.role:
        pairs = [p for p in of_roles(asked.action, record_type, trial) if p.role == asked.role]
    else:
        pairs = of_people(asked.action, record_type, trial)
    if asked.user is not None:
        pairs = [pair for pair in pairs if asked.user in pair.users]
    return pairs
