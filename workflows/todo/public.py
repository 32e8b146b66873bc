"""What calendar programs ask, without a login."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from records.tokens import digest
from workflows.todo.feed import calendar, owner_of


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """An address that opens nothing is not there, whatever the reason."""
    user = owner_of(secret)
    if user is None:
        raise Http404
    made = calendar(user)
    etag = quote_etag(digest(made.decode()))
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    headers = {"ETag": etag, "Cache-Control": "private, max-age=300"}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)
