"""Pipelines: the stages of a record type and the ways between them."""
