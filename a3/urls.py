"""URLs of a3."""

from django.urls import path

from a3 import views

app_name = "a3"
urlpatterns = [
    path("", views.sheet_list, name="sheet_list"),
    path("new/", views.sheet_new, name="sheet_new"),
    path("<int:pk>/", views.sheet_detail, name="sheet_detail"),
    path("<int:pk>/particulars/", views.sheet_edit, name="sheet_edit"),
    path("<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("<int:pk>/rounds/<int:number>/", views.round_detail, name="round_detail"),
    path("<int:pk>/effects/new/", views.effect_new, name="effect_new"),
    path("<int:pk>/remarks/", views.remark_new, name="remark_new"),
    path("<int:pk>/photos/", views.photo_new, name="photo_new"),
    path("<int:pk>/presences/", views.presence_new, name="presence_new"),
    path("<int:pk>/figures/new/", views.figure_new, name="figure_new"),
    path("<int:pk>/figures/preview/", views.figure_preview, name="figure_preview"),
    path("<int:pk>/figures/<int:number>/", views.figure_detail, name="figure_detail"),
    path("<int:pk>/figures/<int:number>/edit/", views.figure_edit, name="figure_edit"),
    path("sections/<int:pk>/", views.section_detail, name="section_detail"),
    path("sections/<int:pk>/edit/", views.section_edit, name="section_edit"),
    path("sections/<int:pk>/save/", views.section_save, name="section_save"),
    path("sections/<int:pk>/add/", views.section_add, name="section_add"),
    path("remarks/<int:pk>/replies/", views.remark_reply, name="remark_reply"),
    path("remarks/<int:pk>/answer/", views.remark_answer, name="remark_answer"),
    path("<int:pk>/prints/", views.print_new, name="print_new"),
    path("prints/<int:pk>/", views.print_detail, name="print_detail"),
    path("prints/<int:pk>/here/", views.print_here, name="print_here"),
    path("prints/<int:pk>/file/", views.print_file, name="print_file"),
    path("photos/<int:pk>/", views.photo_file, name="photo_file"),
    path("of-partner/<int:pk>/", views.sheets_of_partner, name="sheets_of_partner"),
    path("of-person/<int:pk>/", views.sheets_of_person, name="sheets_of_person"),
]
