import surveys.results.hooks  # noqa: F401
