"""Results with names that whoever looks may see."""
