"""Files and images: an id of what was uploaded, and limits on what may be."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, Names, ValueRefused
from crm_config.field_types.support.reference import Reference
from crm_config.operators.base import PRESENCE

MEGABYTE = 1024 * 1024


class StoredFile(int):
    """An id with what a form shows of the file that stands: its name and where to open it."""

    name: str = ""
    url: str = ""

    @classmethod
    def of(cls, file_id: int, name: str = "", url: str = "") -> "StoredFile":
        stored = cls(file_id)
        stored.name, stored.url = name, url
        return stored

    @property
    def shown(self) -> str:
        """Not `__str__`: templates take whole numbers for safe, and would not escape the name."""
        return self.name or gettext("File %(id)s") % {"id": int(self)}


class StoredFileInput(forms.ClearableFileInput):
    """Shows the file that stands, and takes it away or another in its place."""

    template_name = "crm_config/widgets/file.html"

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, StoredFile)


class Upload(Reference):
    """Its value is the id of the stored file; an upload becomes one before it is coerced."""

    group = "file"
    operators = PRESENCE
    #: Endings of names that are taken where the field does not say.
    default_types: Sequence[str] = ()

    def types(self, field: FieldDef) -> list[str]:
        """Allowed endings in small letters, without the dot; empty where all are."""
        given = self.option(field, "types") or self.default_types
        return [str(ending).lower().removeprefix(".") for ending in given]

    def check_upload(self, field: FieldDef, upload: "File[Any]") -> None:
        """Raises `ValueRefused` for a file too large, or of a kind the field does not take."""
        self.check_file(field, name=upload.name or "", size=upload.size or 0)

    def check_file(self, field: FieldDef, *, name: str, size: int) -> None:
        """The same of a file that is stored already; `size` in bytes. Raises `ValueRefused`."""
        most = self.option(field, "max_size") * MEGABYTE
        if size > most:
            raise ValueRefused(
                "too_large",
                gettext("Choose a file of at most %(limit)s.") % {"limit": filesizeformat(most)},
            )
        types = self.types(field)
        if types and PurePath(name).suffix.lower().removeprefix(".") not in types:
            raise ValueRefused(
                "file_type",
                gettext("Choose a file of one of these kinds: %(types)s.")
                % {"types": ", ".join(types)},
            )

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> int | None:
        """A form says False where the file is to be taken away."""
        return None if raw is False else super().read(field, raw, context)

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        return names.files.get(value) or gettext("File %(id)s") % {"id": value}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("widget", StoredFileInput())
        form_field = _UploadField(upload_type=self, definition=field, **kwargs)
        if types := self.types(field):
            form_field.widget.attrs["accept"] = ",".join(f".{ending}" for ending in types)
        return form_field

    def form_initial(self, field: FieldDef, value: int | None) -> StoredFile | None:
        return None if value is None else StoredFile.of(value)


class _UploadField(forms.FileField):
    """Cleans to an upload, to the file that stands, or to False where that one is to go."""

    def __init__(self, *, upload_type: Upload, definition: FieldDef, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.upload_type = upload_type
        self.definition = definition

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is not None:
            try:
                self.upload_type.check_upload(self.definition, upload)
            except ValueRefused as refusal:
                raise ValidationError(str(refusal.message), code=refusal.code) from refusal
        return upload
