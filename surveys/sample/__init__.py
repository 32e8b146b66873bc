"""Answers of the sample company: eighteen months, plausible, the same each time."""
