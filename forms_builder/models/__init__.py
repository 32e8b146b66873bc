from forms_builder.models.forms import Form
from forms_builder.models.submissions import Consent, FormDraft, Place, Submission

__all__ = ["Consent", "Form", "FormDraft", "Place", "Submission"]
