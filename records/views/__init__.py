"""The screens on which staff find, read and change records."""
