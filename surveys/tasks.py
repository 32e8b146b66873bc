"""Jobs of surveys; each part's are in a module of its own."""

import surveys.answering.jobs
import surveys.following.jobs
import surveys.forgetting
import surveys.results.export_jobs
import surveys.sending.jobs  # noqa: F401
