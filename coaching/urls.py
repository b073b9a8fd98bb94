"""URLs of coaching."""

from django.urls import path

from coaching import feeds, views

app_name = "coaching"
urlpatterns = [
    path("", views.board, name="board"),
    path("visits/new/", views.visit_new, name="visit_new"),
    path("visits/series/new/", views.series_new, name="series_new"),
    path("series/<int:pk>/", views.series_detail, name="series_detail"),
    path("visits/<int:pk>/", views.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/move/", views.visit_move, name="visit_move"),
    path("visits/<int:pk>/drop/", views.visit_drop, name="visit_drop"),
    path("visits/<int:pk>/confirm/", views.visit_confirm, name="visit_confirm"),
    path("visits/<int:pk>/cancel/", views.visit_cancel, name="visit_cancel"),
    path("requests/new/", views.request_new, name="request_new"),
    path("requests/<int:pk>/", views.request_detail, name="request_detail"),
    path("requests/<int:pk>/edit/", views.request_edit, name="request_edit"),
    path("requests/<int:pk>/decline/", views.request_decline, name="request_decline"),
    path("requests/<int:pk>/place/", views.request_place, name="request_place"),
    path("requests/<int:pk>/drop/", views.request_drop, name="request_drop"),
    path("requests/<int:pk>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("coaches/", views.coach_load, name="coach_load"),
    path("coaches/find/", views.coach_finder, name="coach_finder"),
    path("coaches/<int:pk>/", views.coach_profile, name="coach_profile"),
    path("coverage/", views.coverage, name="coverage"),
    path("visits/<int:pk>/travel/new/", views.travel_new, name="travel_new"),
    path("travel/<int:pk>/remove/", views.travel_remove, name="travel_remove"),
    path("leave/new/", views.leave_new, name="leave_new"),
    path("leave/<int:pk>/remove/", views.leave_remove, name="leave_remove"),
    path("partners/<int:pk>/visits/", views.visits_of_partner, name="visits_of_partner"),
    path("feed/", views.feed_settings, name="feed_settings"),
    path("feed/make/", views.feed_make, name="feed_make"),
    path("feed/revoke/", views.feed_revoke, name="feed_revoke"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
]
