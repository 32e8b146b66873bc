"""A draft configuration tried on the live records before it is published.

`registry` holds what is measured; apps above add figures of their own there.
"""
