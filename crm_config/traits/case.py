"""Something that somebody asked for and is waiting for."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import Trait
from crm_config.traits.texts import DUE, SUBJECT, words

PRIORITIES = [
    {"key": "low", "labels": words("Low", "Scăzută", "Χαμηλή", "Niski"), "colour": "grey"},
    {
        "key": "normal",
        "labels": words("Normal", "Normală", "Κανονική", "Normalny"),
        "colour": "blue",
    },
    {"key": "high", "labels": words("High", "Ridicată", "Υψηλή", "Wysoki"), "colour": "orange"},
    {"key": "urgent", "labels": words("Urgent", "Urgentă", "Επείγουσα", "Pilny"), "colour": "red"},
]

TRAIT = Trait(
    key="case",
    label=_("Case"),
    description=_("A request to follow and solve: who asked, how urgent, until when."),
    title_template="{subject}",
    sections=(
        {"key": "case", "labels": words("Request", "Solicitare", "Αίτημα", "Zgłoszenie")},
        {"key": "handling", "labels": words("Handling", "Tratare", "Διεκπεραίωση", "Obsługa")},
    ),
    fields=(
        {
            "key": "subject",
            "type": "text",
            "section": "case",
            "labels": SUBJECT,
            "required": True,
            "searchable": True,
            "sortable": True,
        },
        {
            "key": "requester",
            "type": "link",
            "section": "case",
            "labels": words("Requester", "Solicitant", "Αιτών", "Zgłaszający"),
            "filterable": True,
        },
        {
            "key": "priority",
            "type": "choice",
            "section": "handling",
            "labels": words("Priority", "Prioritate", "Προτεραιότητα", "Priorytet"),
            "choices": PRIORITIES,
            "default": "normal",
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "due",
            "type": "datetime",
            "section": "handling",
            "labels": DUE,
            "filterable": True,
            "sortable": True,
        },
    ),
)
