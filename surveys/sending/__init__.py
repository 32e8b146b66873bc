"""Asking people: to whom an invitation goes, when, how it is written, and how far it came."""
