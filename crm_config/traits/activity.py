"""Something done or to be done with somebody: a call, a meeting, a visit, a task."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import Trait
from crm_config.traits.texts import DUE, SUBJECT, words

TRAIT = Trait(
    key="activity",
    label=_("Activity"),
    description=_("A call, a meeting, a task: about which records, when, how long, done or not."),
    title_template="{subject}",
    sections=(
        {
            "key": "activity",
            "labels": words("Activity", "Activitate", "Δραστηριότητα", "Aktywność"),
        },
        {"key": "when", "labels": words("When", "Când", "Πότε", "Kiedy")},
    ),
    fields=(
        {
            "key": "subject",
            "type": "text",
            "section": "activity",
            "labels": SUBJECT,
            "required": True,
            "searchable": True,
            "sortable": True,
        },
        {
            "key": "about",
            "type": "link",
            "section": "activity",
            "labels": words("About", "Despre", "Αφορά", "Dotyczy"),
            "help": words(
                "The records it shows up on, in their timelines.",
                "Înregistrările în a căror cronologie apare.",
                "Οι εγγραφές στο χρονολόγιο των οποίων εμφανίζεται.",
                "Rekordy, na których osi czasu się pojawi.",
            ),
            "options": {"multiple": True},
            "filterable": True,
        },
        {
            "key": "participants",
            "type": "link",
            "section": "activity",
            "labels": words("Participants", "Participanți", "Συμμετέχοντες", "Uczestnicy"),
            "options": {"multiple": True},
            "filterable": True,
        },
        {
            "key": "starts",
            "type": "datetime",
            "section": "when",
            "labels": words("Starts", "Începe", "Έναρξη", "Początek"),
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "due",
            "type": "datetime",
            "section": "when",
            "labels": DUE,
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "done",
            "type": "boolean",
            "section": "when",
            "labels": words("Done", "Finalizat", "Ολοκληρώθηκε", "Wykonane"),
            "filterable": True,
        },
        {
            "key": "time_spent",
            "type": "duration",
            "section": "when",
            "labels": words(
                "Time spent", "Timp alocat", "Χρόνος που δαπανήθηκε", "Poświęcony czas"
            ),
            "filterable": True,
            "sortable": True,
        },
    ),
)
