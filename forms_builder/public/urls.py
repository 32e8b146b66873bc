"""Addresses of public forms."""

from django.urls import path

from forms_builder.public import endings, pictures, views

app_name = "public_forms"

urlpatterns = [
    path("<slug:slug>/", views.FormView.as_view(), name="form"),
    path("<slug:slug>/picture/<slug:key>/", pictures.PictureView.as_view(), name="picture"),
    path("<slug:slug>/go-on/<str:token>/", views.GoOnView.as_view(), name="go_on"),
    path("<slug:slug>/done/<str:token>/", endings.DoneView.as_view(), name="done"),
    path("<slug:slug>/confirm/<str:token>/", endings.ConfirmView.as_view(), name="confirm"),
]
