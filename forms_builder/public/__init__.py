"""Public forms: pages without a login, which work without scripts and ask nothing of another host."""
