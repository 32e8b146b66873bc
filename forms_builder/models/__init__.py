from forms_builder.models.forms import Form
from forms_builder.models.inbound import InboundHook, InboundMessage
from forms_builder.models.submissions import Consent, FormDraft, Place, Submission

__all__ = [
    "Consent",
    "Form",
    "FormDraft",
    "InboundHook",
    "InboundMessage",
    "Place",
    "Submission",
]
