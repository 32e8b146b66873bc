"""Procedures: what must hold when records are written."""
