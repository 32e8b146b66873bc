"""What a browser would send of a piece of a form that nobody touched: so one and the same code reads what was typed
and what is shown from a condition that stands."""

from __future__ import annotations

from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self.select = ""
        self.multiple = False
        self.options: list[tuple[str, bool]] = []
        self.textarea: str | None = None
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "input":
            self._input(given)
        elif tag == "select":
            self.select, self.multiple, self.options = (
                given.get("name", ""),
                "multiple" in given,
                [],
            )
        elif tag == "option":
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self.textarea, self.text = given.get("name", ""), []

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def _input(self, given: dict[str, str]) -> None:
        ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
        if ticked and given.get("name"):
            value = given.get("value", "on" if given.get("type") == "checkbox" else "")
            # One line is all that such a field holds.
            value = value.replace("\r", "").replace("\n", "")
            self.found.setdefault(given["name"], []).append(value)

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea is not None:
            # The first line break after the tag is not part of the text.
            text = "".join(self.text).removeprefix("\r").removeprefix("\n")
            self.found.setdefault(self.textarea, []).append(text)
            self.textarea = None
        elif tag == "select":
            chosen = [value for value, selected in self.options if selected]
            if not chosen and not self.multiple and self.options:
                chosen = [self.options[0][0]]
            if chosen:
                self.found.setdefault(self.select, []).extend(chosen)


def submitted(html: str) -> dict[str, list[str]]:
    """Names and values, as in a POST."""
    parser = _Inputs()
    parser.feed(html)
    parser.close()
    return parser.found
