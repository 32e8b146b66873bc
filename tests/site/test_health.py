"""Health checks answer load balancers: by address, without cookies, and truthfully."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from crm_site import health
from jobs.models import Worker


def test_healthz_asks_nothing(client, settings):
    """No database is allowed in this test."""
    settings.ALLOWED_HOSTS = ["crm.example.com"]
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert not response.cookies


def test_healthz_is_not_redirected_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200


def test_health_is_only_read(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_ready_with_database_tables_and_worker(client):
    Worker.objects.create(name="one")
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"] == {"database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.mark.django_db
def test_unready_without_a_worker(client):
    Worker.objects.create(name="one", beat_at=timezone.now() - timedelta(minutes=5))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "manage.py worker" in response.json()["checks"]["worker"]


@pytest.mark.django_db
def test_unready_while_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])
    monkeypatch.setitem(health.CHECKS, "migrations", health.Migrations())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "2 migrations" in response.json()["checks"]["migrations"]


def test_unready_without_a_database(client, monkeypatch):
    def refuse() -> None:
        raise OperationalError("password=secret")

    checks = dict.fromkeys(health.CHECKS, refuse)
    monkeypatch.setattr(health, "CHECKS", checks)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "secret" not in response.content.decode()
