"""Inbound hooks: what web shops, social networks and telephone gateways send becomes a form's submission.

Automations have hooks of their own (`workflows.automations.inbound`), which set one automation off; these fill in
a form.
"""
