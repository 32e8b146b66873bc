"""What the parts of surveys give to Wagtail's admin."""

import surveys.following.hooks
import surveys.results.hooks
import surveys.sending.hooks
import surveys.studio.hooks  # noqa: F401
