"""Pipelines in the studio: the drawing, the stages, the ways between them."""
