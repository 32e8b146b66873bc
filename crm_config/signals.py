"""Sent while a version is published."""

from django.dispatch import Signal

#: In the transaction that publishes: `snapshot` (compiled), `previous` (compiled, version 0 if none).
published = Signal()
