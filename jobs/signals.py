"""`job_ended` is sent with `job=` when a job is done, failed, poisoned or cancelled."""

from django.dispatch import Signal

job_ended = Signal()
