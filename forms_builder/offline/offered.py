"""Which forms somebody may fill in without a connection, and what stands on them then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, Snapshot
from forms_builder.definitions import FormDef, ItemDef, in_use
from forms_builder.engine.fields import fields_of, sources_of
from forms_builder.engine.logic import Broken, logic_of
from forms_builder.items.field import INSIDE
from forms_builder.offers import Offers, offered_types
from records.access import Access
from records.access.access import WRITE
from records.selectors import recent

#: What has to be asked from the server while it is filled in, or is too large to wait in a browser.
NEEDS_SERVER = frozenset({"rows", "captcha", "image"})
#: Of each type, so many of the records that a link offers.
MOST = 60


def is_offline(form: FormDef) -> bool:
    return form.channel == "staff" and bool(form.settings.get("offline"))


def offered(access: Access) -> list[FormDef]:
    """Those marked for it that this person may create records by."""
    if access.user_id is None or access.read_only:
        return []
    snapshot = access.snapshot
    return [
        form
        for form in in_use(snapshot, "staff")
        if is_offline(form)
        and access.may("create", snapshot.types[form.type])
        and _readable(form, snapshot)
    ]


def _readable(form: FormDef, snapshot: Snapshot) -> bool:
    try:
        logic_of(form, snapshot)
    except Broken:
        return False
    return True


def fits(item: ItemDef, f: FieldDef | None) -> bool:
    """Whether it can be filled in without the server."""
    if item.kind in NEEDS_SERVER:
        return False
    return f is None or (f.type.key not in INSIDE and f.type.group != "file")


def open_items(form: FormDef, access: Access) -> frozenset[str]:
    """The items that this person may fill in there: those whose field they may write."""
    snapshot = access.snapshot
    fields, sources = fields_of(form, snapshot), sources_of(form, snapshot)
    return frozenset(
        key
        for key, item in form.items.items()
        if fits(item, fields.get(key)) and _may_fill(sources.get(key), access)
    )


def _may_fill(source: FieldDef | None, access: Access) -> bool:
    if source is None:
        return True
    owner = access.snapshot.types.get(source.record_type)
    return owner is not None and access.level(owner, source.key) == WRITE


def problems(form: FormDef, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Items that have to be filled in and cannot be: nobody could send the form."""
    if not is_offline(form):
        return
    fields = fields_of(form, snapshot)
    for key, item in form.items.items():
        if item.required and not fits(item, fields.get(key)):
            yield (
                key,
                _("It is required, and cannot be filled in without a connection."),
            )


@dataclass
class NearAtHand(Offers):
    """Of a link, the records that its person has at hand: marked ones, those looked at last, their own newest."""

    _own: dict[int, tuple[str, str]] = field(default_factory=dict)

    def of(self, item: ItemDef) -> Mapping[int, str] | None:
        offered_there = super().of(item)
        if offered_there is not None:
            return offered_there
        wanted = {t.key for t in offered_types(item, self.form, self.access.snapshot)}
        near = {pk: title for pk, (title, kind) in self._near().items() if kind in wanted}
        return dict(list(near.items())[:MOST])

    def _near(self) -> dict[int, tuple[str, str]]:
        if not self._own:
            views = [
                *recent.starred(access=self.access),
                *recent.recent(access=self.access, most=MOST),
                *recent.newest_of_mine(access=self.access, most=2 * MOST),
            ]
            self._own = {view.id: (view.title, view.type.key) for view in views}
        return self._own
