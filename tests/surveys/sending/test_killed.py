"""A worker that is killed while it sends: nobody gets two, and of one at most nobody knows."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from records.models import ContactEntry
from surveys.models import Invitation
from surveys.sending import services
from surveys.sending.services import invite
from tests.surveys.sending.world import Mailbox, named, person, publish, system

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]


def sender(port: int) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.cluster_settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "TEST_SMTP_PORT": str(port),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{os.environ.get('PYTHONPATH', '')}",
    }
    command = [sys.executable, str(Path(__file__).with_name("sending_alone.py"))]
    return subprocess.Popen(command, env=env, cwd=ROOT)


@pytest.mark.parametrize("taken", [True, False])
def test_killed_in_the_middle_each_gets_one_and_what_is_unclear_is_told_apart(taken: bool) -> None:
    """At the worst moment: the mail is being handed over. The server takes it, or does not."""
    publish()
    invite(named(), [person(f"P{n}") for n in range(50)], access=system())
    box = Mailbox().start()
    working: list[Any] = []

    def kill(number: int) -> str | None:
        if number == 20 and len(working) == 1:
            os.kill(working[0].pid, signal.SIGKILL)
            working[0].wait()
            return None if taken else "451 nobody is there any more"
        return None

    box.on_data = kill
    try:
        for _round in range(2):
            working.append(sender(box.port))
            working[-1].wait(timeout=120)
    finally:
        box.stop()
    assert [each.returncode for each in working] == [-signal.SIGKILL, 0]
    [unclear] = Invitation.objects.filter(status="sending")
    Invitation.objects.filter(pk=unclear.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    services.sweep()
    assert Invitation.objects.get(pk=unclear.pk).status == "unsure"
    assert Invitation.objects.filter(status="sent").count() == 49
    counted = Counter(box.to)
    assert counted.pop(unclear.email, 0) == int(taken)
    assert len(counted) == 49 and set(counted.values()) == {1}
    assert ContactEntry.objects.filter(status="allowed").count() == 50
