"""Wagtail's screens for users, so that whoever administers users does not make themselves, or others, more than
they are."""
