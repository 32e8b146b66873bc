"""Forms are configured as everything is: checked, published, packed, and found where something is used."""

import pytest

from crm_config import payload, publication
from crm_config.live import live
from crm_config.problems import ConfigurationInvalid
from crm_config.references import where_used
from crm_config.schema import check_shape
from forms_builder.checks import never_filled
from forms_builder.definitions import forms_of, in_use
from forms_builder.engine.logic import broken, logic_of
from forms_builder.models import Form
from forms_builder.section import FormSection
from forms_builder.words import WORDS
from tests import company as small
from tests.forms_builder.forms import contact, form, item, publish, published, step

pytestmark = pytest.mark.django_db
RETAIL = {"field": "sector", "op": "eq", "value": "retail"}


def of_organisations(*items, **more):
    return form("about_us", *items, type="organisation", **more)


def refusals(*forms) -> list[str]:
    with pytest.raises(ConfigurationInvalid) as refused:
        publish(*forms)
    return [str(problem) for problem in refused.value.problems]


def test_a_form_is_published_and_read_from_the_snapshot():
    publish(contact(item("given_name", width="half")))
    found = published()
    assert [i.key for i in found.items.values()] == ["family_name", "email", "given_name"]
    assert found.slug == "contact" and found.label == "Contact"
    assert in_use(live(), "public") == [found] and in_use(live(), "staff") == []
    assert not broken(live())


def test_it_comes_back_from_a_pack_as_it_was():
    publish(contact(item("given_name", shown_when={"field": "email", "op": "is_set"})))
    before = FormSection().dump()
    packed = payload.dump()
    assert not check_shape(packed)
    payload.load(packed, replace=True)
    assert FormSection().dump() == before
    assert not publication.changes()


def test_a_configuration_without_forms_says_nothing_of_them():
    small.publish()
    assert "forms" not in payload.dump()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (form("f", item("nothing")), "no field “nothing”"),
        (form("f", item("family_name"), item("family_name")), "two items"),
        (form("f", item("family_name", options={"colour": 1})), "no option “colour”"),
        (form("f", item("company")), "Say which records"),
        (form("f", item("boss", options={"field": "owner"})), "people of the house"),
        (form("f", item("email", default="no address")), "e-mail address"),
        (form("f", item("email", shown_when={"field": "x", "op": "is_set"})), "no field “x”"),
        (form("f", item("email"), settings={"closes": "tomorrow"}), "no day"),
        (form("f", item("email"), settings={"opt_in": "family_name"}), "no item for an e-mail"),
        (form("f", item("email"), handling={"match": ["nothing"]}), "no field “nothing”"),
        (form("f", item("email"), handling={"links": [{"link": "email"}]}), "does not link"),
        (form("f", item("email"), handling={"lists": ["nobody"]}), "kept by hand"),
        (form("f", item("email"), handling={"routes": [{"key": "r", "role": "x"}]}), "no role"),
        (form("f", item("agree", "consent", options={"purpose": "news"})), "Fill in"),
        (
            form("f", item("lines", "rows", options={"type": "deal", "link": "name", "fields": ["name"]})),
            "does not link to the form",
        ),
        (of_organisations(item("sector", capacity={"nothing": 3})), "not one of the options"),
        (form("f"), "Nothing stands on it"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_place(wrong, said):
    problems = refusals(wrong)
    assert any(said in problem and wrong["key"] in problem for problem in problems), problems


def test_the_place_of_a_condition_is_named():
    wrong = of_organisations(item("name"), item("sector", shown_when={"field": "name", "op": "gt"}))
    (problem,) = refusals(wrong)
    assert problem.startswith("forms › about_us › items › sector: shown_when.op")


def test_items_that_decide_about_each_other_are_refused():
    wrong = of_organisations(
        item("name", shown_when={"field": "sector", "op": "is_set"}),
        item("sector", shown_when={"field": "name", "op": "is_set"}),
    )
    (problem,) = refusals(wrong)
    assert "name → sector → name" in problem


def test_two_public_forms_do_not_share_an_address():
    (problem,) = refusals(contact(), contact(key="other", settings={"slug": "contact"}))
    assert "“contact”" in problem


def test_conditions_know_nothing_of_the_company():
    for condition in (
        {"related": "deals", "some": True},
        {"segment": "x"},
        {"field": "owner", "op": "eq", "value": {"dynamic": "me"}},
        {"field": "email", "op": "eq", "value": {"dynamic": "me"}},
    ):
        assert refusals(contact(item("given_name", shown_when=condition)))


def test_where_a_field_and_an_option_are_used():
    publish(
        of_organisations(
            item("field_of_business", options={"field": "sector"}),
            item("name", required_when={"field": "field_of_business", "op": "eq", "value": "retail"}),
        )
    )  # fmt: skip
    draft = publication.as_published(payload.dump())
    sector = ("record_types", "organisation", "fields", "sector")
    for target in (sector, (*sector, "choices", "retail")):
        assert ("forms", "about_us") in {r.source for r in where_used(target, draft)}
    assert not [r for r in where_used((*sector, "choices", "it"), draft) if r.source[0] == "forms"]


def test_what_an_offer_asks_for_is_used_too():
    offer = {"field": "sector", "op": "eq", "value": "it"}
    publish(contact(item("company", options={"offer": offer})))
    draft = publication.as_published(payload.dump())
    option = ("record_types", "organisation", "fields", "sector", "choices", "it")
    assert ("forms", "contact") in {r.source for r in where_used(option, draft)}


def test_a_field_that_a_form_uses_is_not_archived_blindly():
    publish(contact())
    company = small.small_company()
    email = next(f for t in company["record_types"] for f in t["fields"] if f["key"] == "email")
    email["retired"] = True
    with pytest.raises(ConfigurationInvalid):
        small.publish(company={**company, "forms": [contact()]})


def test_an_archived_form_may_name_what_is_gone():
    publish({**form("f", item("nothing")), "retired": True})
    assert in_use(live(), "public") == [] and "f" in forms_of(live())


def test_required_fields_that_nothing_fills_in_are_known():
    publish(form("f", item("email")), contact())
    assert [f.key for f in never_filled(published("f"), live())] == ["family_name"]
    assert never_filled(published(), live()) == []


def test_the_difference_is_told_in_words():
    publish(contact())
    Form.objects.update(labels={"en": "Write to us"}, retired=True)
    said = {d.path[-1]: d for d in publication.changes()}
    assert WORDS.describe(said["retired"], None).template.startswith("The form is archived")
    assert WORDS.show(said["labels"], said["labels"].after, None)


def test_logic_is_read_once_for_a_version():
    publish(contact(steps=[step("one", item("family_name"), item("email"))]))
    assert logic_of(published(), live()) is logic_of(published(), live())
