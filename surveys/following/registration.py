"""What follow-ups give to the apps below; called once, when Django is ready."""


def ready() -> None:
    from records import timeline_notes
    from records.gate import extensions
    from records.panels import broken as broken_parts
    from records.panels import record_parts
    from records.sample import further
    from surveys.answering import completed
    from surveys.following import along, broken, timeline
    from surveys.following.jobs import answered
    from surveys.following.origin import KEY, FromFollowUps
    from surveys.following.parts import OriginBand
    from surveys.following.todo import FollowUps
    from surveys.sample import load
    from workflows.todo import origins
    from workflows.todo.sources.base import register

    completed.listen("follow_ups", answered)
    timeline_notes.register("surveys", timeline.notes)
    broken_parts.register("follow_ups", broken.told)
    register(FollowUps())
    record_parts.register(OriginBand(), place="head", order=35)
    origins.register(KEY, FromFollowUps())
    extensions.after_write(along.keep, name="follow_ups")
    further.register("surveys", load.load)
