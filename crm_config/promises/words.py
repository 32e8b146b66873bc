"""Verbs for actions and rights, as promises say them."""

from django.utils.translation import pgettext_lazy

#: “No one in Intern may … Employees”.
VERBS = {
    "view": pgettext_lazy("may", "see"),
    "create": pgettext_lazy("may", "create"),
    "change": pgettext_lazy("may", "change"),
    "delete": pgettext_lazy("may", "delete"),
    "transition": pgettext_lazy("may", "change the stage of"),
    "assign": pgettext_lazy("may", "assign"),
    "export": pgettext_lazy("may", "export"),
    "import": pgettext_lazy("may", "import"),
    "share": pgettext_lazy("may", "share"),
}
RIGHTS = {"read": pgettext_lazy("may", "read"), "write": pgettext_lazy("may", "change")}
WHO = {
    "some": pgettext_lazy("who of a role", "someone"),
    "all": pgettext_lazy("who of a role", "everyone"),
}
