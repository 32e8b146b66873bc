"""Answering: public pages without an account, which work without scripts, and what is kept of them."""
