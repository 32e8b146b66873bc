"""Segments at work: who is in them, who may use them, the lists that people keep, counts and moves."""
