"""Screens of those who look after forms."""
