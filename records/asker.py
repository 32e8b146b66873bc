"""Who asks: the access of a request, worked out once for the screen, the menu and all that stands around it."""

from django.http import HttpRequest

from records.access import Access

KEPT = "_records_access"


def access_of(request: HttpRequest) -> Access:
    access = getattr(request, KEPT, None)
    if access is None:
        access = Access.of(request.user)
        setattr(request, KEPT, access)
    return access
