"""Addresses of surveys for whoever answers."""

from django.urls import path

from surveys.answering import pictures, qr, views

app_name = "public_surveys"

urlpatterns = [
    path("<str:token>/", views.SurveyView.as_view(), name="survey"),
    path("<str:token>/qr.svg", qr.QrView.as_view(), name="qr"),
    path("<str:token>/picture/<int:number>/", pictures.PictureView.as_view(), name="picture"),
]
