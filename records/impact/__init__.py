"""What a change of the configuration does to live records, told before it is published.

Each module knows one kind of change; `kinds.KINDS` lists them. Figures are exact up to `scan.MOST` values.
"""
