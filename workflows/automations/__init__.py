"""Automations: what happens by itself when something happened."""
