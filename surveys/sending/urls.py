"""Addresses of sending, below the admin's."""

from django.urls import path

from surveys.sending.views import ask, dispatches, links, plan

app_name = "survey_sending"

urlpatterns = [
    path("", dispatches.DispatchesView.as_view(), name="all"),
    path("<int:pk>/", dispatches.DispatchView.as_view(), name="dispatch"),
    path("<int:pk>/stop/", dispatches.StopView.as_view(), name="stop"),
    path("<int:pk>/go-on/", dispatches.GoOnView.as_view(), name="go_on"),
    path("<int:pk>/again/", dispatches.AgainView.as_view(), name="again"),
    path("to/<slug:type>/", plan.PlanView.as_view(), name="plan"),
    path("ask/<int:pk>/", ask.AskView.as_view(), name="ask"),
    path("links/<slug:survey>/", links.LinksView.as_view(), name="links"),
    path("links/<slug:survey>/<int:pk>/close/", links.CloseView.as_view(), name="close_link"),
]
