"""Addresses of simulations, below the studio's."""

from django.urls import path

from records.views import simulation

app_name = "simulation"

urlpatterns = [
    path("start/", simulation.StartView.as_view(), name="start"),
    path("<int:pk>/", simulation.SimulationView.as_view(), name="simulation"),
    path("<int:pk>/stop/", simulation.StopView.as_view(), name="stop"),
    path("<int:pk>/records/", simulation.RecordsView.as_view(), name="records"),
]
