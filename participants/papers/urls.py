from django.urls import path

from .views import lists

urlpatterns = [
    path("<slug:slug>/attendance/<int:pk>/list/", lists.item_list, name="list"),
    path("<slug:slug>/attendance/<int:pk>/list.pdf", lists.item_list_pdf, name="list-pdf"),
    path("<slug:slug>/attendance/lists.pdf", lists.lists_pdf, name="lists-pdf"),
    path("<slug:slug>/attendance/logo/<int:place>/", lists.logo, name="list-logo"),
]
