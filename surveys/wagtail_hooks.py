import surveys.sending.hooks  # noqa: F401
