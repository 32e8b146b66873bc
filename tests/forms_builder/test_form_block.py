"""A form on a page of the CMS."""

import pytest

from forms_builder.blocks import FormBlock
from tests.forms_builder.forms import contact, publish

pytestmark = pytest.mark.django_db


def test_it_is_shown_in_a_frame_that_needs_no_script():
    publish(contact(), contact(key="inside", channel="staff"))
    block = FormBlock()
    offered = [key for key, _label in block.child_blocks["form"].field.choices if key]
    assert offered == ["contact"]
    html = block.render(block.to_python({"form": "contact", "height": 500}))
    assert 'src="/f/contact/?embed=1&amp;lang=en"' in html and 'height="500"' in html
    assert 'href="/f/contact/"' in html and 'title="Contact"' in html


def test_a_form_that_is_gone_shows_nothing():
    publish(contact())
    block = FormBlock()
    assert "iframe" not in block.render(block.to_python({"form": "nothing", "height": 500}))
