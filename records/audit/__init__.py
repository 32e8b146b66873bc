"""Whether live data keep the write rules, and what is safe to put right when they do not.

`values`, `derived`, `links` and `storage` look; `repair` mends; `run` goes over everything.
"""
