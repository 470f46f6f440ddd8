from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/me/data/", views.my_data, name="my-data"),
    path("<slug:slug>/me/data.zip", views.my_data_file, name="my-data-file"),
    path("<slug:slug>/me/data/erase/", views.ask_erasure, name="ask-erasure"),
    path("<slug:slug>/privacy/", views.privacy, name="privacy"),
]
