"""An administrator looks as somebody else: sees what they see, changes nothing, leaves a trace in the log."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from crm_config import payload, publication
from crm_config.models import Field, TypeGrant, User
from records.models import RecentRecord, Record, StarredRecord
from tests import company as small
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


@kept
def alpha(cast: Cast) -> int:
    return create(
        "organisation", name="Alpha", margin=918273, owner=cast.owner.pk, team=cast.north.pk
    )


@kept
def beta(cast: Cast) -> int:
    return create("organisation", name="Beta", owner=cast.stranger.pk, team=cast.south.pk)


def look(client: Client, who: str, **more: str) -> None:
    answer = client.post(reverse("look_as:index"), {"who": who, **more})
    assert answer.status_code == 302, text_of(answer)


def test_one_sees_what_they_see_and_is_told_so(cast: Cast, alpha: int, beta: int) -> None:
    admin = browser(cast.administrator)
    assert "Beta" in text_of(admin.get(url("list", "organisation")))
    look(admin, f"user:{cast.owner.pk}")
    page = text_of(admin.get(url("list", "organisation")))
    assert "Alpha" in page and "Beta" not in page and "You look as Owner" in page
    assert admin.get(url("record", beta)).status_code == 404
    assert "Margin" not in text_of(admin.get(url("record", alpha)))
    assert admin.get(reverse("studio:home")).status_code in (302, 403)
    admin.post(reverse("look_as:stop"))
    page = text_of(admin.get(url("list", "organisation")))
    assert "Beta" in page and "You look as" not in page


def test_a_role_alone_is_somebody_with_nothing_else(cast: Cast, alpha: int) -> None:
    admin = browser(cast.administrator)
    look(admin, "role:sales")
    page = admin.get(url("list", "organisation"))
    assert page.status_code == 200 and "Alpha" not in text_of(page)
    assert "You look as Sales" in text_of(admin.get(reverse("wagtailadmin_home")))
    for name in ("new", "bulk", "export"):
        assert admin.get(url(name, "organisation")).status_code in (200, 302, 403)


def make_superuser(user: User) -> None:
    user.is_superuser = True
    user.save()


def test_a_draft_shows_no_administrator_more_than_they_see(cast: Cast, beta: int) -> None:
    TypeGrant.objects.filter(role__key="administrator").update(scope="none")
    publication.publish(user=None)
    TypeGrant.objects.filter(role__key="sales", record_type="organisation").update(scope="all")
    admin = browser(cast.administrator)
    look(admin, f"user:{cast.owner.pk}", draft="on")
    page = text_of(admin.get(url("list", "organisation")))
    assert "Beta" not in page and "with the unpublished changes" not in page
    session = admin.session
    session["looks_as"] = {"user": cast.owner.pk, "draft": True}
    session.save()
    assert "Beta" not in text_of(admin.get(url("list", "organisation")))


def test_a_draft_is_looked_at_before_it_is_published(cast: Cast, alpha: int, beta: int) -> None:
    TypeGrant.objects.filter(role__key="sales", record_type="organisation").update(scope="all")
    make_superuser(cast.administrator)
    admin = browser(cast.administrator)
    look(admin, f"user:{cast.owner.pk}")
    assert "Beta" not in text_of(admin.get(url("list", "organisation")))
    admin.post(reverse("look_as:stop"))
    look(admin, f"user:{cast.owner.pk}", draft="on")
    page = text_of(admin.get(url("list", "organisation")))
    assert "Beta" in page and "with the unpublished changes" in page
    assert admin.post(url("star", beta), {"on": "1"}).status_code == 403
    admin.post(reverse("look_as:stop"))
    assert "Beta" not in text_of(browser(cast.owner).get(url("list", "organisation")))


def test_a_new_role_and_type_of_the_draft_are_looked_at(cast: Cast, alpha: int) -> None:
    company = small.small_company()
    ship = small.record_type("ship", small.field("name"), title_template="{name}")
    company["record_types"].append(ship)
    company["roles"].append(small.role("captain", "all", "ship", "organisation"))
    payload.load(company, replace=True)
    make_superuser(cast.administrator)
    admin = browser(cast.administrator)
    look(admin, "role:captain", draft="on")
    assert "Alpha" in text_of(admin.get(url("list", "organisation")))
    assert admin.get(url("list", "ship")).status_code == 200
    assert admin.get(url("list", "deal")).status_code == 404


def test_a_draft_that_cannot_be_published_is_not_looked_at(cast: Cast) -> None:
    make_superuser(cast.administrator)
    admin = browser(cast.administrator)
    look(admin, f"user:{cast.owner.pk}", draft="on")
    Field.objects.filter(record_type__key="deal").update(type="no_such_kind")
    assert "You look as" not in text_of(admin.get(reverse("wagtailadmin_home")))
    asked = admin.post(reverse("look_as:index"), {"who": "role:sales", "draft": "on"})
    assert asked.status_code == 200 and "cannot be published" in text_of(asked)


def test_nothing_is_changed_meanwhile(cast: Cast, alpha: int) -> None:
    admin = browser(cast.administrator)
    look(admin, f"user:{cast.owner.pk}")
    for path in (url("star", alpha), url("edit", alpha), url("archive", alpha), "/api/v1/records"):
        answer = admin.post(path, {"on": "1", "name": "Other"})
        assert answer.status_code == 403 and "Nothing can be changed" in text_of(answer)
    assert admin.delete(f"/api/v1/records/organisation/{alpha}").status_code == 403
    admin.get(url("record", alpha))
    assert not StarredRecord.objects.exists() and not RecentRecord.objects.exists()
    record = Record.unscoped.get(pk=alpha)
    assert record.title == "Alpha" and record.archived_at is None


def test_it_is_logged(cast: Cast) -> None:
    admin = browser(cast.administrator)
    look(admin, f"user:{cast.owner.pk}")
    admin.post(reverse("look_as:stop"))
    rows = ModelLogEntry.objects.filter(action__startswith="records.look").order_by("pk")
    assert [(r.action, r.user, r.object_id) for r in rows] == [
        ("records.look.start", cast.administrator, str(cast.owner.pk)),
        ("records.look.stop", cast.administrator, str(cast.owner.pk)),
    ]


def test_it_is_for_administrators_and_never_up_to_a_superuser(cast: Cast) -> None:
    assert browser(cast.manager).get(reverse("look_as:index")).status_code in (302, 403)
    cast.stranger.is_superuser = True
    cast.stranger.save()
    admin = browser(cast.administrator)
    answer = admin.post(reverse("look_as:index"), {"who": f"user:{cast.stranger.pk}"})
    assert answer.status_code == 200
    session = admin.session
    session["looks_as"] = {"user": cast.stranger.pk}
    session.save()
    assert "You look as" not in text_of(admin.get(reverse("wagtailadmin_home")))
    manager = browser(cast.manager)
    session = manager.session
    session["looks_as"] = {"user": cast.owner.pk}
    session.save()
    assert "You look as" not in text_of(manager.get(reverse("wagtailadmin_home")))


def test_one_can_log_out_meanwhile(cast: Cast) -> None:
    admin = browser(cast.administrator)
    look(admin, f"user:{cast.owner.pk}")
    assert admin.post(reverse("wagtailadmin_logout")).status_code == 302
    assert "_auth_user_id" not in admin.session
