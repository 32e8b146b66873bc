"""Sends what is due, as a process of its own that a test can kill."""

import os

import django

django.setup()

from django.conf import settings  # noqa: E402

import tests.surveys.sending.world  # noqa: E402, F401 - surveys can be published
from surveys.sending import services  # noqa: E402

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_SMTP_PORT"])
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
services.send_due()
