"""The ledger does not grow for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import services
from jobs.models import Job

pytestmark = pytest.mark.django_db


def test_only_old_finished_jobs_are_removed():
    old = services.run_now(services.enqueue(kind="sample.echo", args={}))
    recent = services.run_now(services.enqueue(kind="sample.echo", args={}))
    once = services.run_now(services.enqueue(kind="sample.echo", args={}, key="k", once=True))
    waiting = services.enqueue(kind="sample.echo", args={})
    Job.objects.exclude(pk=recent.pk).update(finished_at=timezone.now() - timedelta(days=31))
    pruned = services.run_inline(kind="jobs.prune", args={})
    assert pruned.result == {"removed": 1}
    assert set(Job.objects.values_list("pk", flat=True)) == {
        recent.pk, once.pk, waiting.pk, pruned.pk,
    }  # fmt: skip
    assert not Job.objects.filter(pk=old.pk).exists()
