"""What this part gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    return None
