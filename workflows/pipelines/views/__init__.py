"""Screens of pipelines."""
