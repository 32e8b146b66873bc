"""What answers come to."""
