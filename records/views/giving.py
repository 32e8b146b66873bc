"""A screen of the studio whose form asks for values of fields."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from crm_config.views.base import StudioFormView
from records.forms.giving import again, is_again


class GivingFormView(StudioFormView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asked for one more field, with all that was typed; nothing is judged or kept yet."""
        if not is_again(request.POST):
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        again(form)
        return self.render_to_response(self.get_context_data(form=form))
