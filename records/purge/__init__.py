"""Removing for ever the data of fields and record types that are no longer configured."""
