"""Addresses of the screens, by what they show."""

from django.urls import reverse


def records(record_type: str) -> str:
    return reverse("records:list", args=[record_type])


def new(record_type: str) -> str:
    return reverse("records:new", args=[record_type])


def record(record_id: int) -> str:
    return reverse("records:record", args=[record_id])


def edit(record_id: int) -> str:
    return reverse("records:edit", args=[record_id])


def history(record_id: int) -> str:
    return reverse("records:history", args=[record_id])


def studio(screen: str, *keys: str | int) -> str:
    return reverse(f"studio:{screen}", args=keys)
