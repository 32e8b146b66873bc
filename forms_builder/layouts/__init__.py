"""Forms for staff at work: which one is meant, what this person gets of it, what is written of what was filled in."""
