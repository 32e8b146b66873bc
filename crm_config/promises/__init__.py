"""Promises: what an administrator writes down about access, and what must hold before anything is published.

The kinds know their arguments and their sentence; whether a promise holds is asked of live records by the app
that has them (see `checking`).
"""
