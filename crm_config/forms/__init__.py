"""The studio's forms: they check what was typed and hand plain values to the working copy's services."""
