"""The access matrix: read at a glance, changed cell by cell, and on nothing else."""

from crm_config.models import TypeGrant
from tests.cast import Cast
from tests.crm_config.studio import client_of, raw_role, sentences, url


def rights(**cells: str) -> dict[str, str]:
    """`deal__view="team"` for the role of sales."""
    posted = {"part": "rights"}
    for name, value in cells.items():
        record_type, what = name.split("__")
        posted[f"grant:sales:{record_type}:{what}"] = value
    return posted


def grants(role: str, record_type: str) -> dict[str, str]:
    found = raw_role(role)["grants"]
    return {g["action"]: g["scope"] for g in found if g["type"] == record_type}


def test_the_matrix_shows_every_type_and_action_with_its_scope(cast: Cast) -> None:
    page = client_of(cast.administrator).get(url("role", "sales")).content.decode()
    for record_type in ("organisation", "person", "deal"):
        for action in ("view", "create", "transition", "share"):
            assert f'name="grant:sales:{record_type}:{action}"' in page
    assert 'aria-label="Deals: View"' in page
    assert 'data-scope="own"' in page


def test_cells_change_what_they_name_and_nothing_else(cast: Cast) -> None:
    before = grants("sales", "person")
    client_of(cast.administrator).post(
        url("role", "sales"), rights(deal__view="all", deal__delete="none", deal__share="team")
    )
    assert grants("sales", "deal")["view"] == "all"
    assert grants("sales", "deal")["share"] == "team"
    assert "delete" not in grants("sales", "deal")
    assert grants("sales", "deal")["change"] == "own"
    assert grants("sales", "person") == before
    assert sorted(sentences()) == [
        "Sales: “Delete” is no longer granted on “Deal”.",
        "Sales: “Share” is granted on “Deal”: “team”.",
        "Sales: “View” on “Deal” reaches “all” instead of “own”.",
    ]


def test_field_rights_are_given_and_taken_away(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(
        url("role", "sales"),
        {
            "part": "rights",
            "right:sales:deal:amount": "read",
            "right:sales:organisation:margin": "",
        },
    )
    assert raw_role("sales")["fields"] == [{"type": "deal", "field": "amount", "access": "read"}]
    assert "Fields: 1 right of its own" in browser.get(url("role", "sales")).content.decode()


def test_what_is_not_in_the_matrix_is_refused_whole(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    before = raw_role("sales")
    for name, value in (
        ("grant:sales:deal:view", "everything"),
        ("grant:sales:deal:fly", "all"),
        ("grant:sales:nothing:view", "all"),
        ("grant:support:deal:view", "all"),
        ("right:sales:deal:nothing", "read"),
        ("right:sales:deal:amount", "own"),
    ):
        posted = {**rights(deal__view="all"), name: value}
        page = browser.post(url("role", "sales"), posted)
        assert "There is no such right" in page.content.decode()
        assert raw_role("sales") == before


def test_a_condition_stays_while_its_scope_does(cast: Cast) -> None:
    grant = TypeGrant.objects.get(role__key="sales", record_type="deal", action="view")
    grant.condition = {"all": []}
    grant.save()
    browser = client_of(cast.administrator)
    browser.post(url("role", "sales"), rights(deal__view="own"))
    grant.refresh_from_db()
    assert grant.condition == {"all": []}
    browser.post(url("role", "sales"), rights(deal__view="team"))
    grant.refresh_from_db()
    assert grant.condition is None


def test_the_types_own_tab_holds_all_roles(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    page = browser.get(url("type", "deal")).content.decode()
    assert 'name="grant:manager:deal:view"' in page
    browser.post(
        url("type", "deal"),
        {"part": "rights", "grant:manager:deal:view": "none", "grant:sales:deal:view": "team"},
    )
    assert "view" not in grants("manager", "deal")
    assert grants("sales", "deal")["view"] == "team"


def test_one_action_over_all_roles_at_a_glance(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    page = browser.get(url("roles", action="delete")).content.decode()
    row = page.split("Organisations</a>")[1].split("</tr>")[0]
    scopes = [part.split('"')[0] for part in row.split('data-scope="')[1:]]
    assert scopes == ["all", "team_below", "own", "none"]


def test_the_matrix_takes_as_many_queries_for_ten_roles_as_for_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    browser = client_of(cast.administrator)
    browser.get(url("role", "sales"))
    with django_assert_max_num_queries(45):
        browser.get(url("role", "sales"))
