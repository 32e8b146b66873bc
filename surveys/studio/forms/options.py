"""The options of a question in rows: labels in each language, points, a picture, and whether one stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from crm_config.field_types.base import OptionSpec
from crm_config.words.plain import label_here, language
from crm_config.working_copy.keys import propose_key
from forms_builder.studio.forms.options import Make, OptionFields
from forms_builder.studio.forms.parts import ticks
from surveys.definitions import CHANNEL
from surveys.questions.choosing import MOST
from surveys.questions.contact import PARTS
from surveys.questions.picturing import KINDS as PICTURED

BLANK = 2
FLAGS: Mapping[str, Any] = {"exclusive": _("Goes with no other"), "retired": _("Withdrawn")}
NAMES: Mapping[str, Any] = {"name": _("Name"), "email": _("E-mail"), "phone": _("Telephone")}


class RowsWidget(forms.Widget):
    """Named `{name}-{n}-{column}`; `{name}-rows` says how many. Without script there are always a few empty ones."""

    template_name = "surveys/studio/option_rows.html"

    def __init__(
        self,
        languages: Sequence[str],
        flags: Sequence[str],
        *,
        points: bool,
        pictures: bool,
    ) -> None:
        super().__init__()
        self.languages, self.flags, self.points = list(languages), list(flags), points
        self.chooser = AdminImageChooser() if pictures else None

    @property
    def media(self) -> forms.Media:
        return self.chooser.media if self.chooser else forms.Media()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        counted = data.get(f"{name}-rows", "0")
        count = int(counted) if counted.isdigit() and len(counted) < 4 else 0
        return [self._row(data, f"{name}-{n}") for n in range(min(count, MOST + 10))]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-rows" not in data

    def _row(self, data: Any, name: str) -> dict[str, Any]:
        return {
            "key": data.get(f"{name}-key", "").strip(),
            "labels": {
                code: data.get(f"{name}-label_{code}", "").strip() for code in self.languages
            },
            "points": data.get(f"{name}-points", "").strip(),
            "place": data.get(f"{name}-place", "").strip(),
            "picture": data.get(f"{name}-picture", "").strip(),
            "alt": {code: data.get(f"{name}-alt_{code}", "").strip() for code in self.languages},
            **{flag: f"{name}-{flag}" in data for flag in self.flags},
        }

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        held = [raw for raw in value or () if isinstance(raw, Mapping)]
        empty: list[Mapping[str, Any]] = [{} for _n in range(BLANK if held else BLANK + 2)]
        filled = [raw for raw in held if raw.get("key") or any((raw.get("labels") or {}).values())]
        images = self._images(filled)
        rows = [self._drawn(name, n, raw, images) for n, raw in enumerate([*filled, *empty])]
        context["widget"] |= {"rows": rows, "points": self.points, "total": len(rows)}
        return context

    def _images(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Those that are there, by their number as text, with what the chooser draws of each."""
        numbers = [str(raw.get("picture") or "") for raw in rows] if self.chooser else []
        known = [number for number in numbers if is_number(number)]
        found = get_image_model().objects.filter(pk__in=known) if known else ()
        return {str(image.pk): image for image in found}

    def _picture(self, base: str, raw: Mapping[str, Any], images: Mapping[str, Any]) -> str:
        if self.chooser is None:
            return ""
        held = images.get(str(raw.get("picture") or ""))
        drawn: str = self.chooser.render(f"{base}-picture", held, {"id": f"id_{base}-picture"})
        return drawn

    def _drawn(
        self, name: str, n: int, raw: Mapping[str, Any], images: Mapping[str, Any]
    ) -> dict[str, Any]:
        said, base = raw.get("labels") or {}, f"{name}-{n}"
        points = raw.get("points")
        return {
            "base": base,
            "number": n + 1,
            "key": raw.get("key", ""),
            "labels": self._texts(f"{base}-label", said),
            "picture": self._picture(base, raw, images),
            "alt": self._texts(f"{base}-alt", raw.get("alt") or {}) if self.chooser else [],
            "points": "" if points is None else points,
            "flags": [(f"{base}-{f}", FLAGS[f], bool(raw.get(f))) for f in self.flags],
        }

    def _texts(self, name: str, said: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {"name": f"{name}_{code}", "language": language(code), "text": said.get(code, "")}
            for code in self.languages
        ]


class RowsField(forms.Field):
    """Its value is a list as the payload says it. A row without any label is left out."""

    def __init__(
        self,
        *,
        languages: Sequence[str],
        flags: Sequence[str] = (),
        points: bool = False,
        pictures: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["widget"] = RowsWidget(languages, flags, points=points, pictures=pictures)
        self.languages, self.known = languages, ()
        super().__init__(**kwargs)

    #: What stands there: texts in languages that are not asked for stay.
    known: Sequence[Mapping[str, Any]]

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        rows = [row for row in value or () if any(row["labels"].values())]
        taken = {row["key"] for row in rows if row["key"]}
        if len(taken) < sum(bool(row["key"]) for row in rows):
            raise ValidationError(_("Two options have one key."), code="twice")
        placed = sorted(enumerate(rows), key=lambda pair: self._place(pair[1], pair[0]))
        return [self._said(row, taken) for _n, row in placed]

    def _place(self, row: Mapping[str, Any], n: int) -> tuple[float, int]:
        return (int(row["place"]) if row["place"].isdigit() else n + 1, n)

    def _said(self, row: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
        key = row["key"] or propose_key(label_here(row["labels"]), taken=taken, fallback="option")
        taken.add(key)
        before = next((raw for raw in self.known if raw.get("key") == key), {})
        found: dict[str, Any] = {"key": key, "labels": self._labels(before, row, "labels")}
        if is_number(row["picture"]):
            found["picture"] = int(row["picture"])
            if alt := self._labels(before, row, "alt"):
                found["alt"] = alt
        if row["points"]:
            found["points"] = _points(row["points"])
        return found | {flag: True for flag in FLAGS if row.get(flag)}

    def _labels(
        self, before: Mapping[str, Any], row: Mapping[str, Any], name: str
    ) -> dict[str, str]:
        held = before.get(name) or {}
        kept = {code: text for code, text in held.items() if code not in self.languages}
        return kept | {code: text for code, text in row[name].items() if text}


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _points(text: str) -> int | float:
    try:
        number = float(text.replace(",", "."))
    except ValueError as error:
        raise ValidationError(_("Points are a number."), code="points") from error
    if not -1000 <= number <= 1000:
        raise ValidationError(_("Points are from -1000 to 1000."), code="points")
    return int(number) if number.is_integer() else number


def _rows(*flags: str, points: bool = True) -> Make:
    def make(fields: OptionFields, spec: OptionSpec) -> forms.Field:
        found = RowsField(
            languages=fields.languages,
            flags=flags,
            points=points,
            pictures=fields.kind.key in PICTURED and spec.key == "options",
            label=spec.label,
            required=False,
            help_text=_(
                "What has no label is taken out. A withdrawn one is offered no more, and its answers still count."
            ),
        )
        found.known = tuple(r for r in fields.place.option(spec.key, ()) if isinstance(r, Mapping))
        return found

    return make


def _parts(fields: OptionFields, spec: OptionSpec) -> forms.Field:
    return ticks(spec.label, [(part, NAMES[part]) for part in PARTS], spec.help)


def _left_out(fields: OptionFields, spec: OptionSpec) -> None:
    """The consent of a survey is kept for whoever answers."""


def _own() -> Iterator[tuple[tuple[str, str, str], Make]]:
    for kind in ("single_choice", "dropdown"):
        yield (CHANNEL, kind, "options"), _rows("retired")
    yield (CHANNEL, "multiple_choice", "options"), _rows("exclusive", "retired")
    yield (CHANNEL, "matrix", "options"), _rows("retired")
    yield (CHANNEL, "ranking", "options"), _rows("retired", points=False)
    yield (CHANNEL, "matrix", "rows"), _rows(points=False)
    for key in ("asks", "needs"):
        yield (CHANNEL, "contact", key), _parts
    for key in ("of", "field", "date_field"):
        yield (CHANNEL, "consent", key), _left_out


OWN: Mapping[tuple[str, str, str], Make] = dict(_own())
