"""What sending gives to the apps below; called once, when Django is ready."""


def ready() -> None:
    from records import subscribers
    from records.contact import listeners, purposes
    from records.panels import list_actions, record_parts
    from surveys.sending import services, tracking  # noqa: F401
    from surveys.sending.action import SEND_SURVEY
    from surveys.sending.erasing import FOLLOWER
    from surveys.sending.parts import SEND_MANY, AskButton
    from surveys.sending.purposes import of_surveys
    from surveys.sending.trigger import SURVEY_ANSWERED
    from workflows.actions import registry as actions
    from workflows.triggers import registry as triggers

    triggers.register(SURVEY_ANSWERED)
    actions.register(SEND_SURVEY)
    purposes.register("surveys", of_surveys)
    listeners.listen("surveys", services.called_back)
    subscribers.follow("invitations", FOLLOWER)
    record_parts.register(AskButton(), place="more", order=60)
    list_actions.register(SEND_MANY)
