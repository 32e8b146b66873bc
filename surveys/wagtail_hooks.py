"""What the parts of surveys give to Wagtail's admin."""

import surveys.studio.hooks  # noqa: F401
