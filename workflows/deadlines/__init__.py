"""Deadlines: until when something must have happened, in business hours."""
