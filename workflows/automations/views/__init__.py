"""Screens of automations: for everybody, for those who operate, and in the studio."""
