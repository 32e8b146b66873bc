"""What stands on the first page of the admin."""
