"""Pictures that the admin shows: renditions and avatars. Documents are served by Wagtail, which asks for permission."""

import posixpath

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve
from wagtail.images import get_image_model

AVATARS = "avatar_images/"
RENDITIONS = "images/"


@login_required
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Raises Http404 for anything else that lies in the media folder, and for pictures of restricted collections."""
    # The folder is judged by the path as it stands, and read by the path as it is meant.
    if path != posixpath.normpath(path) or not (
        path.startswith(AVATARS) or is_open_rendition(request, path)
    ):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "private, max-age=3600"
    return response


def is_open_rendition(request: HttpRequest, path: str) -> bool:
    if not path.startswith(RENDITIONS):
        return False
    renditions = get_image_model().get_rendition_model().objects.filter(file=path)
    rendition = renditions.select_related("image__collection").first()
    if rendition is None:
        return False
    restrictions = rendition.image.collection.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
