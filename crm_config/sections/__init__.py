"""The sections of a payload. Each knows how its models become JSON and come back, what is wrong with
them, what they refer to, and what the running system gets."""
