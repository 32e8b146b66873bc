"""The studio's screens of surveys."""
