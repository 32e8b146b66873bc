"""Files that came with what was refused do not stay for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.images import get_image_model

from forms_builder import refused_files
from forms_builder.models import Submission
from records.models import Record
from tests.forms_builder.test_bad_input import media, picture, with_files  # noqa: F401
from tests.forms_builder.visitor import Visitor, only, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
OLD = timezone.now() - refused_files.KEPT_FOR - timedelta(hours=1)


def sent(**more: str) -> Visitor:
    with_files()
    visitor = Visitor("complain")
    visitor.open()
    visitor.send(subject="Broken", files={"photo": upload("chair.png", picture())}, **more)
    return visitor


def test_files_of_spam_go_after_a_week_and_the_rest_stays() -> None:
    sent(homepage="http://spam.example")
    assert only().status == Submission.Status.REFUSED and get_image_model().objects.exists()
    assert refused_files.forget() == 0
    Submission.objects.update(created_at=OLD)
    stored = get_image_model().objects.get().file
    assert refused_files.forget() == 1
    assert not get_image_model().objects.exists() and not stored.storage.exists(stored.name)
    assert only().values == {"subject": "Broken"} and refused_files.forget() == 0


def test_files_of_what_was_accepted_stay() -> None:
    sent()
    Submission.objects.update(created_at=OLD)
    assert refused_files.forget() == 0
    assert Record.unscoped.get().data["photo"] == get_image_model().objects.get().pk
