"""Lists as files for other programs."""
