"""Files that come in from outside: judged by what is in them, never by what they call themselves, and never run.

A scanner for viruses is registered by whoever runs the site: `uploads.register_scanner("clamav", scan)`. It gets the
upload and raises `ValueRefused` for what must not come in.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.field_types.support.uploads import Upload
from records import uploads
from records.access import Access

Scanner = Callable[[UploadedFile], None]
#: Points of a picture: a small file can unfold to more than a machine holds.
MOST_PIXELS = 60_000_000
#: How files begin that a machine runs, whatever their name says.
RUN_BY_MACHINES = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
)
#: What browsers run: found in the first part of a file that is text.
RUN_BY_BROWSERS = re.compile(
    rb"<\s*(script|html|svg|iframe|!doctype html|\?php|\?xml-stylesheet)", re.IGNORECASE
)
ENDINGS_RUN = frozenset({
    "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "js", "mjs", "jar", "apk", "sh", "php", "py", "pl",
    "html", "htm", "xhtml", "svg", "xml", "hta", "lnk", "iso", "img", "dmg", "app", "deb", "rpm", "docm", "xlsm",
})  # fmt: skip
#: How files of a kind begin, where that is known.
BEGINS: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), (b"PK\x03\x04",)),
    **dict.fromkeys(("doc", "xls", "ppt"), (b"\xd0\xcf\x11\xe0",)),
}
#: They hold words of browsers' languages without being run by them; their beginning tells them.
DOCUMENTS = frozenset(BEGINS) - {"png", "jpg", "jpeg", "gif", "webp"}
LOOKED_AT = 4096

_scanners: dict[str, Scanner] = {}


def register_scanner(name: str, scanner: Scanner) -> None:
    if name in _scanners:
        raise RuntimeError(f"Two scanners are called {name!r}.")
    _scanners[name] = scanner


def unregister_scanner(name: str) -> None:
    _scanners.pop(name, None)


def take(f: FieldDef, upload: UploadedFile, *, access: Access) -> dict[str, Any]:
    """Store it, closed to everybody, and say what it is. Raises `ValueRefused`."""
    upload.name = plain_name(upload.name or "")
    judge(f, upload)
    for scanner in _scanners.values():
        scanner(upload)
        upload.seek(0)
    stored = uploads.store(f, upload, access=access)
    return {"id": stored.id, "kind": f.type.key, "name": upload.name}


def judge(f: FieldDef, upload: UploadedFile) -> None:
    """Raises `ValueRefused`."""
    if isinstance(f.type, Upload):
        f.type.check_upload(f, upload)
    ending = ending_of(upload.name or "")
    upload.seek(0)
    head = upload.read(LOOKED_AT)
    upload.seek(0)
    if not head:
        raise ValueRefused("empty_file", _("The file is empty. Choose another."))
    runs = ending in ENDINGS_RUN or head.startswith(RUN_BY_MACHINES)
    if runs or (ending not in DOCUMENTS and RUN_BY_BROWSERS.search(head)):
        raise ValueRefused("runs", _("Files that can be run are not taken. Choose another."))
    begins = BEGINS.get(ending)
    if begins is not None and not head.startswith(begins):
        message = _("The file is not what its name says (%(ending)s). Choose another.")
        raise ValueRefused("not_that_kind", message % {"ending": ending})
    if f.type.key == "image" or ending in ("png", "jpg", "jpeg", "gif", "webp"):
        _judge_picture(upload)


def _judge_picture(upload: UploadedFile) -> None:
    """The size that it would unfold to is read before anything is unfolded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload)
            _refuse_larger(picture.size)
            picture.verify()
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        message = _("This file is not a picture, or it is damaged. Choose another.")
        raise ValueRefused("not_a_picture", message) from error
    finally:
        upload.seek(0)


def _refuse_larger(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large()


def _too_large() -> ValueRefused:
    message = _("The picture is too large: at most %(most)s million points.")
    return ValueRefused("too_many_pixels", message % {"most": MOST_PIXELS // 10**6})


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def plain_name(name: str) -> str:
    """Its last part alone, without what hides or leads elsewhere."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C"
    )
    kept = re.sub(r"[^\w .()+-]", "_", kept).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:80]}{dot}{ending[:10]}" if dot else (kept[:80] or "file")


def discard(files: Iterable[Mapping[str, Any]]) -> None:
    """Of drafts that nobody went on with."""
    for each in files:
        model = get_image_model() if each["kind"] == "image" else get_document_model()
        for item in model.objects.filter(pk=each["id"], collection__name=uploads.COLLECTION):
            item.file.delete(save=False)
            item.delete()
