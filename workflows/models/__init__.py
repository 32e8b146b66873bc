"""What workflows keep: their part of the working copy, and what is under way."""
