"""Forms: what is offered, and what is refused at the field."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from crm_config.definitions import OptionDef
from crm_config.field_types.support.uploads import StoredFile
from tests.field_cases import a_field


def offered(form_field: forms.Field) -> list[str]:
    return [key for key, _label in form_field.choices]


def test_a_retired_option_is_offered_only_where_it_stands() -> None:
    field = a_field("choice")
    assert "fax" not in offered(field.type.form_field(field))
    assert "fax" in offered(field.type.form_field(field, initial="fax"))


def test_many_options_are_a_list_and_few_are_boxes() -> None:
    many = a_field("multi_choice", choices=[OptionDef(f"o{n}", {}) for n in range(13)])
    few = a_field("multi_choice")
    assert isinstance(many.type.form_field(many).widget, forms.SelectMultiple)
    assert isinstance(few.type.form_field(few).widget, forms.CheckboxSelectMultiple)


def test_users_are_chosen_from_those_given() -> None:
    field = a_field("user")
    form_field = field.type.form_field(field, choices=[(7, "Ioana P."), (8, "Radu M.")])
    assert form_field.clean("8") == 8
    with pytest.raises(forms.ValidationError):
        form_field.clean("9")


def test_money_offers_the_base_currency_first_and_only_those_allowed() -> None:
    field = a_field("money", currencies=["RON", "EUR"], base_currency="RON")
    form_field = field.type.form_field(field)
    assert offered(form_field.fields[1]) == ["RON", "EUR"]


def test_each_part_of_an_address_has_a_label_of_its_own() -> None:
    field = a_field("address")
    html = field.type.form_field(field).widget.render("x", {"city": "Iași"}, {"id": "id_x"})
    for label in ("Street and number", "City", "County or region", "Postcode", "Country"):
        assert label in html
    assert 'value="Iași"' in html


def test_a_tick_box_is_never_required() -> None:
    field = a_field("boolean")
    assert field.type.form_field(field, required=True).clean(None) is False


def test_the_placeholder_of_a_field_stands_in_its_input() -> None:
    field = a_field("text")
    object.__setattr__(field, "placeholder", {"en": "As on the invoice"})
    assert field.type.form_field(field).widget.attrs["placeholder"] == "As on the invoice"


def test_a_file_too_large_or_of_another_kind_is_refused() -> None:
    field = a_field("file", max_size=1, types=["pdf", ".DOCX"])
    form_field = field.type.form_field(field)
    assert form_field.widget.attrs["accept"] == ".pdf,.docx"
    assert form_field.clean(SimpleUploadedFile("a.PDF", b"x")).name == "a.PDF"
    with pytest.raises(forms.ValidationError, match="one of these kinds: pdf, docx"):
        form_field.clean(SimpleUploadedFile("a.exe", b"x"))
    with pytest.raises(forms.ValidationError, match="at most"):
        form_field.clean(SimpleUploadedFile("a.pdf", b"x" * (1024 * 1024 + 1)))


def test_images_take_pictures_only_by_themselves() -> None:
    field = a_field("image")
    with pytest.raises(forms.ValidationError):
        field.type.form_field(field).clean(SimpleUploadedFile("a.svg", b"<svg/>"))


def test_a_form_shows_the_file_that_stands_and_can_take_it_away() -> None:
    field = a_field("file")
    form_field = field.type.form_field(field, required=False)
    html = form_field.widget.render("x", StoredFile.of(9, "<b>.pdf", "/files/9/"))
    assert '<a href="/files/9/">&lt;b&gt;.pdf</a>' in html
    assert 'name="x-clear"' in html
    sent = form_field.widget.value_from_datadict({"x-clear": "on"}, {}, "x")
    assert form_field.clean(sent, StoredFile.of(9)) is False


def test_a_stored_file_shows_its_name_and_counts_as_its_id() -> None:
    stored = StoredFile.of(9, "contract.pdf", "/files/9/")
    assert stored.shown == "contract.pdf"
    assert stored == 9
    assert a_field("file").type.coerce(a_field("file"), stored, None) == 9
