"""Whether promises hold: under what is published, and under what would be, on the live records."""
