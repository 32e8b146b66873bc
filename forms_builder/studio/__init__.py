"""Forms as administrators build them: the working copy, changed in small steps that can be undone."""
