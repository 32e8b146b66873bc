"""Asking from the form of a record."""

from django.urls import reverse

from records.access import Access
from records.gate import Change
from workflows.approvals.services import request


def ask(change: Change, access: Access, comment: str) -> str:
    """Returns the address of the request."""
    made = request(change, access=access, comment=comment)
    return reverse("approvals:request", args=[made.pk])
