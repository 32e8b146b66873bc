"""One machine, one command: `make run`."""

from crm_site.settings.base import *  # noqa: F403
from crm_site.settings.base import SECRET_KEY as CONFIGURED_KEY
from crm_site.settings.base import VAR_DIR, env
from crm_site.settings.secret import stored_secret

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = CONFIGURED_KEY or stored_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SAMPLE_LOGINS = env.bool("SAMPLE_LOGINS", default=True)
