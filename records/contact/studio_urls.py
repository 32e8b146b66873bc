"""Addresses of the contact budget in the studio."""

from django.urls import path

from records.contact.views import studio

app_name = "contact_studio"

urlpatterns = [
    path("", studio.BudgetView.as_view(), name="all"),
    path("rules/new/", studio.AddRuleView.as_view(), name="rule_add"),
    path("rules/<slug:rule>/", studio.RuleView.as_view(), name="rule"),
    path("rules/<slug:rule>/delete/", studio.DeleteRuleView.as_view(), name="rule_delete"),
    path("people/new/", studio.AddPeopleView.as_view(), name="people_add"),
    path("people/<slug:people>/", studio.PeopleView.as_view(), name="people"),
    path("people/<slug:people>/delete/", studio.DeletePeopleView.as_view(), name="people_delete"),
]
