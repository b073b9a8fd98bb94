"""URLs of courses."""

from django.urls import path

from courses.views import books, calendar, certificates, door, enrollments, imports, offerings, public, seats

app_name = "courses"
urlpatterns = [
    path("", offerings.offering_list, name="offering_list"),
    path("mine/", enrollments.enrollment_list, name="enrollment_list"),
    path("to-approve/", enrollments.approval_list, name="approval_list"),
    path("of-partner/<int:pk>/", offerings.offerings_of_partner, name="offerings_of_partner"),
    path("of-partner/<int:pk>/seats/", seats.seats_of_partner, name="seats_of_partner"),
    path("of-partner/<int:pk>/seats/new/", seats.seats_new, name="seats_new"),
    path("public/", public.public_list, name="public_list"),
    path("public/<int:pk>/", public.public_detail, name="public_detail"),
    path("public/<int:pk>/calendar.ics", calendar.public_calendar, name="public_calendar"),
    path("<int:pk>/calendar.ics", calendar.offering_calendar, name="offering_calendar"),
    path("<int:pk>/", offerings.offering_detail, name="offering_detail"),
    path("<int:pk>/people/", offerings.offering_people, name="offering_people"),
    path("<int:pk>/ask/", enrollments.enrollment_ask, name="enrollment_ask"),
    path("<int:pk>/enroll/", enrollments.enrollment_enroll, name="enrollment_enroll"),
    path("<int:pk>/door/", door.door, name="door"),
    path("<int:pk>/door/marks/<uuid:uid>/", door.door_mark, name="door_mark"),
    path("<int:pk>/door/walked-in/", door.door_walk_in, name="door_walk_in"),
    path("<int:pk>/certificates/", books.book_new, name="book_new"),
    path("books/<int:pk>/", books.book_detail, name="book_detail"),
    path("books/<int:pk>/again/", books.book_again, name="book_again"),
    path("books/<int:pk>/here/", books.book_here, name="book_here"),
    path("books/<int:pk>/certificates.pdf", books.book_file, name="book_file"),
    path("certificates/", certificates.certificate_find, name="certificate_find"),
    path("certificates/<str:code>/", certificates.certificate_check, name="certificate_check"),
    path("enrollments/<int:pk>/paper.pdf", certificates.paper_file, name="paper_file"),
    path("<int:pk>/import/", imports.import_new, name="import_new"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("imports/<int:pk>/report.csv", imports.import_report, name="import_report"),
    path("imports/rows/<int:pk>/", imports.import_row_mend, name="import_row_mend"),
    path("enrollments/<int:pk>/approve/", enrollments.enrollment_approve, name="enrollment_approve"),
    path("enrollments/<int:pk>/decline/", enrollments.enrollment_decline, name="enrollment_decline"),
    path("enrollments/<int:pk>/instead/", enrollments.enrollment_substitute, name="enrollment_substitute"),
    path("enrollments/<int:pk>/accept/", enrollments.enrollment_accept, name="enrollment_accept"),
    path("enrollments/<int:pk>/turn-down/", enrollments.enrollment_turn_down, name="enrollment_turn_down"),
    path("groups/<int:pk>/split/", enrollments.group_split, name="group_split"),
    path("enrollments/<int:pk>/cancel/", enrollments.enrollment_cancel, name="enrollment_cancel"),
]
