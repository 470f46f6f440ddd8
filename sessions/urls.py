from django.urls import path

from . import views

app_name = "classroom"
urlpatterns = [
    path("<slug:slug>/materials/<int:pk>/", views.material, name="material"),
]
