"""For a worker that a test starts: the test's database, and timings that do not let it wait."""

import os

from crm_site.settings.test import *  # noqa: F403
from crm_site.settings.test import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.sample"]
DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE_NAME"]
JOBS = {
    "beat": 0.3,
    "grace": 1.0,
    "lease": 2.0,
    "sweep": 0.3,
    # On a busy machine the processes of a worker take a while to start.
    "lost": 15.0,
    "stop": float(os.environ.get("TEST_STOP_SECONDS", "3")),
}
