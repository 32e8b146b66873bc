"""What the registers share: they are read, and written to through actions alone."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from jobs.registers.index import RegisterIndex


class ReadOnly(PermissionHelper):
    """Whoever holds any permission on the model may read its register; nobody edits rows by hand."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        return False


class Removable(ReadOnly):
    """Like ReadOnly, but rows may be removed by those with the permission."""

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("delete"))


class Buttons(ButtonHelper):
    """`Details`, then the register's own actions."""

    def inspect_button(self, pk: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        button = super().inspect_button(pk, *args, **kwargs)
        details = _("Details of %(object)s") % {"object": self.verbose_name}
        return {**button, "label": _("Details"), "title": details}

    def action_button(
        self, *, url: str, label: str | Promise, classnames: Sequence[str] = ("button-small",)
    ) -> dict[str, Any]:
        classname = self.finalise_classname([*classnames, "button-secondary"])
        return {"url": url, "label": label, "title": label, "classname": classname}


class Register(ModelAdmin):
    """A list with details, newest first."""

    index_view_class = RegisterIndex
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
    permission_helper_class = ReadOnly
    button_helper_class = Buttons

    def details_url(self, instance: Model) -> str:
        return self.url_helper.get_action_url("inspect", quote(instance.pk))
