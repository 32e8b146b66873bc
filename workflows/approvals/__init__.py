"""Approvals: changes that wait until others agree."""
