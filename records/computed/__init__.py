"""Computed fields at work: formulas and lookups when a record is written, sums over linked records by a
job after the commit, everything anew by command."""
