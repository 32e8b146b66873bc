"""Actions, scopes and field rights in words. The matrix, the diff and the documentation use the same."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS = {
    "view": _("View"),
    "create": _("Create"),
    "change": _("Change"),
    "delete": _("Delete"),
    "transition": _("Change stage"),
    "assign": _("Assign"),
    "export": _("Export"),
    "import": _("Import"),
    "share": _("Share"),
}
#: Short, for a cell of the matrix.
SCOPES = {
    "none": pgettext_lazy("scope", "–"),
    "own": pgettext_lazy("scope", "own"),
    "participant": pgettext_lazy("scope", "takes part"),
    "team": pgettext_lazy("scope", "team"),
    "team_below": pgettext_lazy("scope", "team+"),
    "all": pgettext_lazy("scope", "all"),
    "condition": pgettext_lazy("scope", "if…"),
}
SCOPES_IN_FULL = {
    "none": _("Not at all"),
    "own": _("Records they own"),
    "participant": _("Records they own or take part in"),
    "team": _("Records of their teams"),
    "team_below": _("Records of their teams and the teams below"),
    "all": _("All records"),
    "condition": _("Records that fit a condition"),
}
FIELD_RIGHTS = {
    "": _("as the record"),
    "hidden": _("hidden"),
    "read": _("read"),
    "write": _("write"),
}
