"""A draft tried on live records: beside the change-set with its age, stopped, out of date, and each number's list."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from crm_config import payload, publication
from crm_config.models import RecordType, Role
from jobs.errors import Cancelled
from jobs.services import run_pending
from records.models import Simulation
from records.simulation import registry, services
from records.simulation.registry import Figure
from tests.cast import Cast, create, join, person
from tests.crm_config.studio import client_of, messages_of, url
from tests.kept import kept
from tests.records.promises.promising import regrant

pytestmark = pytest.mark.django_db


def review(cast: Cast) -> str:
    return client_of(cast.administrator).get(url("review")).content.decode()


def begin(cast: Cast) -> Any:
    return client_of(cast.administrator).post(reverse("simulation:start"))


@kept
def draft(cast: Cast) -> int:
    """Sales come to see nothing; support everything. The id of the one record."""
    pk = create("organisation", name="Bits", owner=cast.owner.pk)
    regrant("sales", view="none")
    regrant("support", view="all")
    return pk


def test_it_is_offered_runs_and_tells(cast: Cast, draft: int) -> None:
    assert "Try it on live records" in review(cast)
    begin(cast)
    html = review(cast)
    assert "job-progress" in html and "Stop" in html
    run_pending()
    html = review(cast)
    assert "against version 1" in html and "Out of date" not in html
    assert "View: 1 person loses 1 of Organisations" in html
    assert "View: 1 person gains 1 of Organisations" in html


def test_it_says_when_it_is_out_of_date(cast: Cast, draft: int) -> None:
    begin(cast)
    run_pending()
    regrant("support", view="team")
    assert "Out of date: the working copy changed since." in review(cast)
    regrant("support", view="all")
    assert "Out of date" not in review(cast)


def test_the_same_draft_is_not_tried_twice_at_once(cast: Cast, draft: int) -> None:
    begin(cast)
    begin(cast)
    assert Simulation.objects.count() == 1


def test_it_is_stopped(cast: Cast, draft: int) -> None:
    begin(cast)
    simulation = Simulation.objects.get()
    client_of(cast.administrator).post(reverse("simulation:stop", args=[simulation.pk]))
    run_pending()
    simulation.refresh_from_db()
    assert (simulation.state, simulation.result) == ("stopped", None)
    assert "The last try was stopped." in review(cast)


def test_a_running_one_stops_at_its_next_step(cast: Cast, draft: int) -> None:
    class Run:
        done = 0

        def progress(self, done: int, total: int, message: str = "") -> None:
            Run.done = done

        def stop_if_cancelled(self) -> None:
            if Run.done == 3:
                raise Cancelled

    simulation = Simulation.objects.create(
        digest="", payload=payload.dump(), live_version=publication.latest().version
    )
    with pytest.raises(Cancelled):
        services.carry_out(simulation, Run())
    assert Run.done == 3 and simulation.result is None


def test_what_cannot_be_read_is_put_right_first(cast: Cast) -> None:
    Role.objects.filter(key="sales").update(key="__sales")
    answer = begin(cast)
    assert "Put right first" in messages_of(answer)[0]
    assert not Simulation.objects.exists()


def test_all_figures_stand_on_a_page_of_their_own(cast: Cast, draft: int) -> None:
    begin(cast)
    run_pending()
    address = reverse("simulation:simulation", args=[Simulation.objects.get().pk])
    html = client_of(cast.administrator).get(address).content.decode()
    assert "no longer reads" in html and "comes to read" not in html
    assert "Nothing refers to what is removed" in html and "All values fit." in html
    assert "Sales" in html and "Owner" in html and "Bits" in html


def test_each_number_leads_to_its_list(cast: Cast, draft: int) -> None:
    begin(cast)
    run_pending()
    pk = Simulation.objects.get().pk
    browser = client_of(cast.administrator)
    address = reverse("simulation:records", args=[pk])
    about = {"type": "organisation", "action": "view"}
    for asked in ({"user": cast.owner.pk}, {"role": "sales"}, {}):
        html = browser.get(address, {**about, **asked, "way": "lost"}).content.decode()
        assert "1 record." in html and "Bits" in html
    html = browser.get(address, {**about, "user": cast.owner.pk, "way": "gained"}).content.decode()
    assert "0 records." in html
    regrant("sales", view="own")
    html = browser.get(address, {**about, "role": "sales", "way": "lost"}).content.decode()
    assert "1 record." in html, "the list is of what was tried"
    for wrong in ({"way": "x"}, {"way": "lost", "type": "no"}, {"way": "lost", "user": "x"}):
        assert browser.get(address, {**about, **wrong}).status_code == 404


def test_titles_are_shown_to_those_who_may_see_them(cast: Cast, draft: int) -> None:
    """A role may administer and see no record at all."""
    candidate = payload.dump()
    candidate["roles"].append(
        {"key": "clerk", "labels": {"en": "Clerk"}, "administers": True, "grants": []}
    )
    publication.discard()
    payload.load(
        {**payload.dump(), "roles": [*payload.dump()["roles"], candidate["roles"][-1]]},
        replace=True,
    )
    publication.publish(user=None)
    clerk = join(person("clerk"), "clerk")
    regrant("sales", view="none")
    begin(cast)
    run_pending()
    pk = Simulation.objects.get().pk
    address = reverse("simulation:records", args=[pk])
    asked = {"type": "organisation", "action": "view", "role": "sales", "way": "lost"}
    for path, query in ((address, asked), (reverse("simulation:simulation", args=[pk]), {})):
        html = client_of(clerk).get(path, query).content.decode()
        assert "Bits" not in html
    assert "You may not see 1 more." in client_of(clerk).get(address, asked).content.decode()


def test_what_refers_to_something_archived_is_told(cast: Cast) -> None:
    create("organisation", name="Bits", owner=cast.owner.pk)
    RecordType.objects.filter(key="organisation").update(retired=True)
    result = services.start(user=None, inline=True).result
    lost = {(r["type"], r["action"]): r["lost"] for r in result["sight"]["totals"]}
    assert lost["organisation", "view"] == 1
    sources = {tuple(r["source"][1::2]) for r in result["references"]}
    assert sources == {("person", "company"), ("deal", "customer")}
    assert [row["path"] for row in result["validity"]] == [["record_types", "organisation"]]
    page = reverse("simulation:simulation", args=[Simulation.objects.get().pk])
    html = client_of(cast.administrator).get(page).content.decode()
    assert "which is not there or is archived" in html


def test_other_apps_add_figures(cast: Cast, draft: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "_figures", dict(registry._figures))

    def measure(trial: Any) -> list[str]:
        trial.step("counting")
        return [t.key for t in trial.types]

    registry.register(
        Figure("extra", label="Extra", measure=measure, template="records/simulation/segments.html")
    )
    assert "deal" in services.start(user=None, inline=True).result["extra"]
    with pytest.raises(RuntimeError):
        registry.register(Figure("extra", label="", measure=measure, template=""))


def test_old_ones_are_forgotten(cast: Cast, draft: int) -> None:
    for _turn in range(services.KEPT + 2):
        services.start(user=None, inline=True)
    assert Simulation.objects.count() == services.KEPT


def test_the_command_tells_people_and_programs(cast: Cast, draft: int, capsys: Any) -> None:
    call_command("simulate")
    assert "View: 1 person loses 1 of Organisations" in capsys.readouterr().out
    call_command("simulate", "--json")
    assert '"live_version": 1' in capsys.readouterr().out
    publication.publish(user=None)
    with pytest.raises(CommandError, match="nothing to try"):
        call_command("simulate")
