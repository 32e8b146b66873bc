"""What the screens without a connection say: they have nobody to ask for it later."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "title": _("Without a connection"),
        "intro": _(
            "What you fill in here is kept in this browser, encrypted, and sent by itself when the connection is back."
        ),
        "none": _("There is no form for you that can be filled in without a connection."),
        "locked": _(
            "Nothing can be opened here: sign in once with a connection, and your forms are there without one too."
        ),
        "impossible": _("This browser cannot keep forms: that takes https."),
        "fill": _("Fill in"),
        "waiting": _("Waiting to be sent"),
        "begun": _("Begun"),
        "refused": _("Has to be mended"),
        "nothing": _("Nothing waits to be sent."),
        "mend": _("Look at it"),
        "discard": _("Discard"),
        "sure": _("Discard what you filled in? It was not sent."),
        "back": _("Back"),
        "kept": _("Kept. It is sent when the connection is back."),
        "sent": _("Sent:"),
        "required": _("This is required."),
        "look": _("Please look at this:"),
        "why": _("Why do you go on?"),
        "try": _("Try the page again"),
        "online": _("The connection is back."),
        "off": _("No connection."),
        "forms": _("Forms without a connection"),
        "one": _("1 form waits to be sent."),
        "many": _("Forms that wait to be sent:"),
        "mending": _("A form has to be mended before it can be sent."),
    }
