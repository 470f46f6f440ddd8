from django.urls import path

from .views import look_around, welcome

urlpatterns = [
    path("account/welcome/", welcome.welcome, name="welcome"),
    path("account/look-around/", look_around.look_around, name="look-around"),
]
