"""URLs of partners and people."""

from django.urls import path

from partners import views

app_name = "partners"
urlpatterns = [
    path("", views.partner_list, name="partner_list"),
    path("<int:pk>/", views.partner_detail, name="partner_detail"),
    path("<int:pk>/people/", views.person_list, name="person_list"),
    path("<int:pk>/invitations/", views.invitations_of_partner, name="invitations_of_partner"),
    path("<int:pk>/invite/", views.invitation_new, name="invitation_new"),
    path("invitations/<int:pk>/resend/", views.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("invitations/accept/<str:token>/", views.invitation_accept, name="invitation_accept"),
    path("people/<int:pk>/", views.person_detail, name="person_detail"),
    path("claims/<int:pk>/", views.claim_detail, name="claim_detail"),
    path("claims/<int:pk>/schedule/", views.claim_schedule, name="claim_schedule"),
    path("claims/<int:pk>/end/", views.claim_end, name="claim_end"),
    path("checks/<int:pk>/", views.check_answer, name="check_answer"),
    path("profile/", views.profile, name="profile"),
]
