"""Recurring jobs, as schedules of the queue: there an operator sees them, and changes when they run next."""

from django.db import transaction
from django_q.models import Schedule

from jobs import registry, services

STARTER = "jobs.periods.start"


def start(kind: str) -> int:
    """What the queue's scheduler calls. The same kind is not started again while one is unfinished."""
    return services.enqueue(kind=kind, args={}, key=f"periodic:{kind}").pk


@transaction.atomic
def ensure_schedules() -> None:
    """One schedule per recurring kind; none for kinds that recur no longer. When they run next is kept."""
    wanted = registry.periods()
    ours = Schedule.objects.filter(func=STARTER)
    ours.exclude(name__in=wanted).delete()
    for kind, every in wanted.items():
        minutes = int(every.total_seconds() // 60)
        ours.update_or_create(
            name=kind,
            defaults={"schedule_type": Schedule.MINUTES, "minutes": minutes},
            create_defaults={
                "func": STARTER,
                "args": repr((kind,)),
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
            },
        )
