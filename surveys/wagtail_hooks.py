import surveys.following.hooks
import surveys.results.hooks
import surveys.sending.hooks  # noqa: F401
