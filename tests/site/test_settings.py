"""Production refuses to start unsafe, and passes Django's deployment checks when it is set up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from crm_site.settings.base import database
from crm_site.settings.secret import stored_secret

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "crm_site.settings.production",
    "SECRET_KEY": "correct-horse-battery-staple-0123456789-abcdefghijkl",
    "ALLOWED_HOSTS": "crm.example.com",
    "DATABASE_URL": "sqlite://:memory:",
}


def manage(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, str(ROOT / "site" / "manage.py"), *command],
        env=inherited | env, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
    ],
)
def test_production_refuses_to_start_without(wrong, named):
    answer = manage("check", **(GOOD | wrong))
    assert answer.returncode != 0
    assert f"Set {named}" in answer.stderr


def test_production_passes_the_deployment_checks():
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert answer.returncode == 0, answer.stderr


def test_sample_logins_are_off_in_production():
    answer = manage(
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings; print(settings.SAMPLE_LOGINS)",
        **GOOD,
    )
    assert answer.stdout.strip() == "False", answer.stderr


def test_sqlite_is_safe_for_two_processes():
    options = database("sqlite:////tmp/some.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret"
    first = stored_secret(path)
    assert len(first) >= 50
    assert stored_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]


def test_the_queue_gives_a_job_back_before_it_is_thought_lost():
    """django-q2 warns, and delivers too early, when a task may take longer than its lock holds."""
    assert settings.Q_CLUSTER["timeout"] < settings.Q_CLUSTER["retry"]


@pytest.mark.django_db
def test_every_page_carries_the_security_headers(client):
    headers = client.get("/admin/login/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
