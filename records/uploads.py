"""Files and images of records: Wagtail documents and images, in a collection that is closed to everybody.

They are opened through the record they belong to, by who may see it and the field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import ImageField, ValidationError
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from records.access import Access

COLLECTION = "Record files"


@dataclass(frozen=True)
class Stored:
    """A stored upload: a Wagtail document or image."""

    item: Any

    @property
    def id(self) -> int:
        return int(self.item.pk)

    def discard(self) -> None:
        """The file; the row goes with its transaction."""
        self.item.file.delete(save=False)


def private_collection() -> Collection:
    """Restricted to groups, and to none of them, also where somebody else made a collection of this name.
    Wagtail's own screens do not reach it (`records/file_policies.py`)."""
    found = Collection.objects.filter(name=COLLECTION, depth=2).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=COLLECTION)
    closed = CollectionViewRestriction.GROUPS
    CollectionViewRestriction.objects.get_or_create(collection=found, restriction_type=closed)
    return found


def store(f: FieldDef, upload: UploadedFile, *, access: Access) -> Stored:
    """Raises `ValueRefused` for what says it is a picture and is none."""
    is_image = f.type.kind == "image"
    if is_image:
        _check_picture(upload)
    model = get_image_model() if is_image else get_document_model()
    item = model(
        title=(upload.name or f.label)[:255],
        file=upload,
        collection=private_collection(),
        uploaded_by_user_id=access.user_id,
    )
    item.file_size = upload.size
    item.save()
    return Stored(item)


def _check_picture(upload: UploadedFile) -> None:
    try:
        ImageField().to_python(upload)
    except ValidationError as error:
        message = _("This file is not a picture, or it is damaged. Choose another.")
        raise ValueRefused("not_a_picture", message) from error
    upload.seek(0)


def discard(stored: Iterable[Stored]) -> None:
    for each in stored:
        each.discard()


def find(f: FieldDef, file_id: int) -> Any:
    """The document or image, or None."""
    model = get_image_model() if f.type.kind == "image" else get_document_model()
    return model.objects.filter(pk=file_id).first()
