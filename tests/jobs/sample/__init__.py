"""Kinds of job for the tests of the ledger; an app, so that a worker loads them too."""
