"""The pages of courses that are looked at in a real browser."""

from courses.models import Enrollment, Offering
from partners.models import Person
from tests.browser import worlds
from tests.browser.looking import Look, made, partner
from tests.cast import Cast
from tests.courses import attendances, lateness, materials, summits


def request_of(person: Person) -> int:
    return Enrollment.objects.of(person).asked().get().pk


def seat_of_marta(_cast: Cast, offering: Offering) -> list[int]:
    return [offering.enrollments.get(person__name="Marta Kowal").pk]


def code_of_learner(_cast: Cast, offering: Offering) -> list[str]:
    return [offering.enrollments.get(person__name="Learner").certificate.short_code]


COURSES = [
    Look("courses:public_list", "nobody", worlds.an_offering),
    Look("courses:public_list", "nobody", about="empty"),
    Look("courses:public_detail", "nobody", worlds.a_public_offering, made),
    Look("courses:public_detail", "nobody", worlds.a_cancelled_offering, made, about="cancelled"),
    Look("courses:offering_list", "learner", about="empty"),
    Look("courses:offering_list", "change_agent", worlds.an_offering),
    Look("courses:offering_detail", "change_agent", worlds.an_offering, made),
    Look("courses:offering_detail", "learner", worlds.an_offered_seat, made, about="offered"),
    Look("courses:offering_detail", "change_agent", worlds.an_offered_seat, made, about="line"),
    Look("courses:seats_of_partner", "sponsor", worlds.an_offered_seat, partner),
    Look("courses:report_of_year", "staff", worlds.an_offered_seat),
    Look("courses:report_of_year", "learner", about="empty"),
    Look("courses:report_of_partner", "sponsor", worlds.an_offered_seat, partner),
    Look("courses:seats_new", "staff", worlds.an_offered_seat, partner),
    Look("courses:enrollment_list", "learner", worlds.an_offered_seat),
    Look("courses:approval_list", "change_agent", worlds.an_offering),
    Look("courses:offering_detail", "staff", worlds.an_offering, made),
    Look("courses:enrollment_decline", "staff", worlds.an_offering, lambda cast, _made: [request_of(cast.learner)]),
    Look("courses:offering_detail", "learner", lateness.a_late_offering, made, about="late"),
    Look("courses:offering_detail", "change_agent", lateness.a_late_offering, made, about="late"),
    Look("courses:offering_detail", "staff", lateness.a_late_request, made, about="late"),
    Look("courses:offering_detail", "sponsor", lateness.a_late_request, made, about="waits"),
    Look("courses:approval_list", "staff", lateness.a_late_request, about="late"),
    Look("courses:enrollment_cancel", "learner", lateness.a_late_request, lateness.seat_of_learner, about="late"),
    Look("courses:enrollment_waive", "staff", lateness.a_late_request, lateness.seat_given_back),
    Look("courses:programme", "learner", summits.a_summit, made),
    Look("courses:team_detail", "learner", summits.a_summit, summits.team_of_learner),
    Look("courses:team_detail", "sponsor", summits.a_summit, summits.team_of_learner, about="reads"),
    Look("courses:team_new", "change_agent", summits.a_summit, made),
    Look("courses:team_edit", "learner", summits.a_summit, summits.team_of_learner),
    Look("courses:public_detail", "nobody", summits.a_summit, made, about="summit"),
    Look("courses:offering_detail", "learner", materials.an_offering, made, about="materials"),
    Look("courses:course_materials", "coach", materials.an_offering, materials.course_of),
    Look("courses:course_materials", "outsider", materials.an_offering, materials.course_of, about="few"),
    Look("courses:enrollment_substitute", "change_agent", worlds.an_offered_seat, seat_of_marta),
    Look("courses:enrollment_cancel", "learner", worlds.an_offering, lambda cast, _made: [request_of(cast.learner)]),
    Look("courses:door", "coach", attendances.a_door_list, made),
    Look("courses:door", "staff", attendances.an_over_offering, made, about="over"),
    Look("courses:door_walk_in", "staff", attendances.a_door_list, made),
    Look("courses:offering_detail", "coach", attendances.an_over_offering, made, about="over"),
    Look("courses:enrollment_list", "sponsor", attendances.an_over_offering, about="letter"),
    Look("courses:book_detail", "coach", attendances.a_book, made),
    Look("courses:certificate_find", "nobody"),
    Look("courses:certificate_check", "nobody", attendances.an_over_offering, code_of_learner),
    Look("courses:import_new", "change_agent", worlds.an_offering, made),
    Look("courses:import_new", "change_agent", worlds.a_list, lambda _cast, of: [of.offering_id], about="begun"),
    Look("courses:import_detail", "change_agent", worlds.a_list, made),
    Look("courses:import_detail", "change_agent", worlds.a_list_put_down, made, about="done"),
    Look("courses:import_detail", "change_agent", worlds.a_long_list, made, about="working"),
]
