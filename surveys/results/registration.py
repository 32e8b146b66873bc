"""What results give to the apps below; called once, when Django is ready."""


def ready() -> None:
    from records.panels import record_parts
    from surveys.results import api
    from surveys.results.parts import SurveysPart

    api.register()
    record_parts.register(SurveysPart(), place="side", order=40)
