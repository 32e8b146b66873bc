import surveys.following.hooks  # noqa: F401
