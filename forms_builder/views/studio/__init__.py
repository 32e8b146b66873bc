"""Forms in the studio: all of them, the builder of one, its settings and its preview."""
