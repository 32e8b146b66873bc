from forms_builder.models.forms import Form

__all__ = ["Form"]
