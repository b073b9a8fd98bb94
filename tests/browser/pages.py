"""The pages that are looked at in a real browser: add a row for each page you make.

`make` adds the rows that a page shows; look at full pages as well as empty ones.
"""

from typing import Any

from a3.models import CoachNote, Sheet
from coaching.models import Visit
from tests.a3.factories import sheet_type
from tests.a3.prints import book_of, expired, failed, full_sheet, ready
from tests.a3.remark_worlds import TOKEN, changed_since, reviewed
from tests.a3.worlds import abandoned, asked_and_answered, talked_over
from tests.browser import accounts, charter_worlds, worlds
from tests.browser.admin_pages import ADMIN_PAGES, a_row_of_each
from tests.browser.course_pages import COURSES
from tests.browser.looking import Look, made, partner
from tests.browser.transfer_pages import TRANSFER
from tests.cast import Cast
from tests.coaching import memos
from tests.coaching.factories import make_request, make_week, token_of
from tests.coaching.walks import a_note, make_record
from tests.leipartners.full_days import fill_desk, fill_office, fill_outbox


def by_link(cast: Cast, visit: Visit) -> list[Any]:
    return [token_of(visit, cast.change_agent)]


def its_plan(_cast: Cast, sheet: Sheet) -> list[Any]:
    return [sheet.pk, sheet.figures.get(kind="plan").pk]


DESK = [
    Look("desk:my_work", "change_agent", make=fill_desk, about="full"),
    Look("desk:my_work", "learner", about="empty"),
    Look("desk:my_work", "staff", make=fill_office),
    Look("outbox:mail_list", "staff", make=fill_outbox),
    Look("outbox:mail_list", "staff", about="empty"),
    Look("outbox:mail_detail", "staff", make=fill_outbox, args=lambda _cast, mails: [mails[5].pk]),
    Look("desk:my_work", "coach", worlds.a_day),
]
PARTNERS = [
    Look("partners:partner_list", "staff"),
    Look("partners:partner_detail", "change_agent", worlds.a_day, partner),
    Look("partners:person_list", "staff", args=partner),
    Look("partners:person_detail", "staff", worlds.a_day, lambda cast, _made: [cast.change_agent.pk]),
    Look("partners:invitation_new", "change_agent", args=partner),
    Look("partners:claim_detail", "change_agent", worlds.a_claim, lambda _cast, claim: [claim.pk]),
    Look("partners:check_answer", "change_agent", worlds.a_claim, lambda _cast, claim: [claim.checks.last().pk]),
    Look("partners:invitation_accept", "nobody", accounts.invitation_token, lambda _cast, token: token),
    Look("partners:profile", "change_agent"),
]
COACHING = [
    Look("coaching:board", "staff", about="empty"),
    Look("coaching:board", "staff", make_week, about="conflict"),
    Look("coaching:board", "change_agent", worlds.a_visit),
    Look("coaching:visit_new", "staff"),
    Look("coaching:visit_detail", "change_agent", worlds.a_visit, made),
    Look("coaching:visit_move", "staff", worlds.a_visit, made),
    Look("coaching:visit_cancel", "coach", worlds.a_visit, made),
    Look("coaching:visit_confirm", "change_agent", make_week, made),
    Look("coaching:visit_decline", "change_agent", worlds.a_visit, made),
    Look("coaching:answer", "nobody", worlds.a_visit, by_link),
    Look("coaching:answer", "nobody", make_week, by_link, about="conflict"),
    Look("coaching:answer", "nobody", worlds.a_declined_visit, lambda _cast, token: [token], about="declined"),
    Look("coaching:answer_decline", "nobody", worlds.a_visit, by_link),
    Look("coaching:request_new", "change_agent"),
    Look("coaching:request_place", "staff", lambda cast: make_request(cast.site, cast.change_agent), made),
    Look("coaching:request_detail", "change_agent", worlds.an_elaborate_request, made),
    Look("coaching:request_list", "staff", make_week),
    Look("coaching:request_list", "learner", about="empty"),
    Look("coaching:request_edit", "change_agent", worlds.an_elaborate_request, made),
    Look("coaching:request_decline", "staff", worlds.an_elaborate_request, made),
    Look("coaching:series_new", "staff"),
    Look("coaching:series_detail", "change_agent", worlds.a_series, made),
    Look("coaching:coach_finder", "staff", about="empty"),
    Look("coaching:coach_finder", "staff", worlds.free_coaches, about="found", query={"request": "9001"}),
    Look("coaching:coach_load", "staff", worlds.free_coaches),
    Look("coaching:coach_profile", "coach", args=lambda cast, _made: [cast.coach.pk]),
    Look("coaching:coverage", "staff", make_week),
    Look("coaching:visit_detail", "change_agent", worlds.a_prepared_visit, made, about="prepared"),
    Look("coaching:visit_prepare", "change_agent", worlds.a_prepared_visit, made),
    Look("coaching:visit_document_new", "change_agent", worlds.a_visit, made),
    Look("coaching:visit_document_remove", "staff", worlds.a_document, made),
    Look("coaching:visit_list", "staff", worlds.a_prepared_visit),
    Look("coaching:visit_list", "learner", about="empty"),
    Look("coaching:partner_year", "change_agent", charter_worlds.a_year, partner),
    Look("coaching:partner_year", "staff", args=partner, about="empty"),
    Look("coaching:travel_new", "coach", worlds.a_visit, made),
    Look("coaching:leave_new", "staff"),
    Look("coaching:leave_detail", "coach", worlds.some_leave, made),
    Look("coaching:travel_detail", "staff", worlds.a_way, made),
    Look("coaching:feed_settings", "coach"),
]
CHARTERS = [
    Look("coaching:charter_list", "staff", charter_worlds.charters),
    Look("coaching:charter_list", "change_agent", about="empty"),
    Look("coaching:charter_new", "staff", args=partner),
    Look("coaching:charter_detail", "staff", charter_worlds.a_charter, made),
    Look("coaching:charter_detail", "sponsor", charter_worlds.a_proposed_charter, made, about="proposed"),
    Look("coaching:charter_version", "change_agent", charter_worlds.a_charter, lambda _cast, row: [row.pk, 2]),
    Look("coaching:charter_edit", "change_agent", charter_worlds.a_charter, made),
    Look("coaching:charter_acknowledge", "sponsor", charter_worlds.a_charter, made),
    Look("coaching:charter_reflect", "change_agent", charter_worlds.a_charter, lambda _cast, row: [row.pk, 1]),
    Look("coaching:charter_end", "staff", charter_worlds.a_charter, made),
    Look("coaching:charter_renew", "staff", charter_worlds.a_charter, made),
    Look("coaching:charter_days", "staff", charter_worlds.a_charter, lambda _cast, row: [row.pk, 2]),
    Look("coaching:visit_cancel", "change_agent", charter_worlds.a_late_visit, made, about="late"),
    Look("coaching:visit_detail", "staff", charter_worlds.called_off_late, lambda _cast, late: [late.visit_id], "late"),
    Look("coaching:notice_waive", "staff", charter_worlds.called_off_late, made),
    Look("coaching:charter_days_new", "staff", charter_worlds.a_charter, lambda _cast, row: [row.pk, 2]),
]
WALKS = [
    Look("coaching:walk_detail", "coach", make_record, made),
    Look("coaching:walk_detail", "learner", make_record, made, about="reading"),
    Look("coaching:walk_detail", "coach", worlds.a_visit, made, about="empty"),
    Look("coaching:walk_edit", "coach", make_record, made),
    Look("coaching:piece_new", "coach", make_record, lambda _cast, visit: [visit.pk, "promises"]),
    Look(
        "coaching:piece_edit",
        "coach",
        make_record,
        lambda _cast, visit: [visit.pk, "observations", visit.observations.first().uid],
    ),
    Look("coaching:question_answer", "change_agent", make_record, lambda _cast, visit: [visit.questions.first().pk]),
    Look("coaching:promise_detail", "learner", make_record, lambda _cast, visit: [visit.promises.last().pk]),
    Look("coaching:promise_list", "change_agent", make_record, partner),
    Look("coaching:promise_list", "staff", args=partner, about="empty"),
    Look("coaching:visit_memo", "coach", make_record, made),
    Look("coaching:memo_detail", "coach", memos.a_draft_of_a_record, made, about="draft"),
    Look("coaching:memo_send", "coach", memos.a_draft_of_a_record, made),
    Look("coaching:memo_detail", "change_agent", memos.a_memo_of_a_record, made),
    Look("coaching:memo_print_detail", "change_agent", memos.a_print_of_a_record, made),
    Look("coaching:pack_detail", "coach", memos.a_pack_of_a_record, made),
    Look("coaching:visit_notes", "coach", a_note, lambda _cast, note: [note.visit_id]),
    Look("coaching:visit_note_edit", "coach", a_note, made),
]
SHEETS = [
    Look("a3:sheet_list", "learner", about="empty"),
    Look("a3:sheet_list", "change_agent", worlds.a_sheet),
    Look(
        "a3:sheet_list", "change_agent", worlds.many_sheets, about="choosing", query={"choose": "1", "state": "draft"}
    ),
    Look("a3:saved_list_edit", "change_agent", worlds.many_sheets, lambda _cast, row: [row["list"].pk]),
    Look(
        "a3:sheet_detail", "change_agent", worlds.many_sheets, lambda _cast, row: [row["archived"].pk], about="archived"
    ),
    Look(
        "a3:sheet_detail",
        "change_agent",
        worlds.many_sheets,
        lambda _cast, row: [row["parent"].pk],
        about="details",
        query={"side": "details"},
    ),
    Look("a3:similar_to_text", "change_agent", worlds.many_sheets, query={"title": "Leave by noon"}),
    Look("a3:similar_to_sheet", "change_agent", worlds.many_sheets, lambda _cast, row: [row["parent"].pk]),
    Look("a3:sheet_copy", "change_agent", worlds.a_sheet, made),
    Look("a3:sheet_type_edit", "change_agent", worlds.a_sheet, made, query={"type": "proposal"}),
    Look("a3:archive_new", "change_agent", worlds.a_sheet, made),
    Look("a3:sheet_new", "change_agent", lambda _cast: sheet_type()),
    Look("a3:sheet_detail", "change_agent", worlds.a_sheet, made),
    Look("a3:sheet_detail", "coach", worlds.a_sheet, made),
    Look("a3:sheet_detail", "change_agent", full_sheet, made, about="full"),
    Look("a3:print_detail", "change_agent", ready, made, about="ready"),
    Look("a3:print_detail", "learner", failed, made, about="failed"),
    Look("a3:print_detail", "learner", expired, made, about="expired"),
    Look("a3:book_new", "change_agent", full_sheet),
    Look("a3:book_new", "outsider", about="empty"),
    Look("a3:book_detail", "change_agent", book_of, lambda _cast, args: args),
    Look("a3:hand_over", "change_agent", worlds.a_sheet, made),
    Look("a3:sheet_edit", "change_agent", asked_and_answered, made),
    Look("a3:round_detail", "coach", asked_and_answered, lambda _cast, sheet: [sheet.pk, 1]),
    Look("a3:round_compare", "coach", changed_since, made),
    Look("a3:sheet_detail", "change_agent", changed_since, made, about="answered"),
    Look("a3:reviewer_list", "change_agent", reviewed, lambda _cast, reviewer: [reviewer.sheet_id]),
    Look("a3:by_link", "nobody", reviewed, lambda _cast, _reviewer: [TOKEN]),
    Look("a3:sheet_detail", "change_agent", reviewed, lambda _cast, reviewer: [reviewer.sheet_id], about="reviewed"),
    Look("a3:effect_new", "change_agent", worlds.a_sheet, made),
    Look("a3:sheet_detail", "change_agent", worlds.an_effect, made, about="effects", query={"side": "effects"}),
    Look("a3:figure_new", "change_agent", worlds.a_sheet, made),
    Look("a3:figure_detail", "coach", full_sheet, its_plan),
    Look("a3:figure_edit", "change_agent", full_sheet, its_plan),
    Look(
        "a3:step_detail",
        "change_agent",
        full_sheet,
        lambda _cast, sheet: [sheet.pk, sheet.figures.get(kind="plan").pk, "r4"],
    ),
    Look("a3:section_edit", "change_agent", worlds.a_sheet, lambda _cast, sheet: [sheet.sections.first().pk]),
]
CATCHBALL = [
    Look("a3:sheet_detail", "change_agent", talked_over, made, about="agreement", query={"side": "agreement"}),
    Look("a3:sheet_detail", "learner", talked_over, made, about="asked", query={"side": "agreement"}),
    Look("a3:sheet_detail", "change_agent", talked_over, made, about="rounds", query={"side": "rounds"}),
    Look("a3:sheet_detail", "coach", abandoned, made, about="details", query={"side": "details"}),
    Look("a3:state_new", "change_agent", talked_over, made),
    Look("a3:agreement_new", "change_agent", talked_over, made),
    Look("a3:take_back", "change_agent", worlds.a_sheet_with_its_coach, made),
    Look("a3:talk_new", "change_agent", talked_over, made),
    Look("a3:talk_detail", "coach", talked_over, lambda _cast, sheet: [sheet.talks.get().pk]),
    Look("a3:talk_times", "coach", talked_over, lambda _cast, sheet: [sheet.talks.get().pk]),
    Look("a3:coach_notes", "coach", talked_over, lambda cast, _sheet: [cast.change_agent.pk]),
    Look("partners:person_detail", "coach", talked_over, lambda cast, _sheet: [cast.change_agent.pk], about="notes"),
    Look("a3:coach_note_edit", "coach", talked_over, lambda _cast, _sheet: [CoachNote.objects.get().pk]),
]
ACCOUNTS = [
    Look("offline", "nobody"),
    Look("account_login", "nobody"),
    Look("account_reset_password", "nobody"),
    Look("account_logout", "learner"),
    Look("account_inactive", "nobody"),
    Look("account_set_password", "learner"),
    Look("account_change_password", "learner", accounts.with_password),
    Look("account_reauthenticate", "learner", accounts.with_password),
    Look("account_reset_password_done", "nobody"),
    Look("account_reset_password_from_key", "nobody", accounts.reset_link, lambda _cast, link: link),
    Look("account_reset_password_from_key", "nobody", args=lambda _cast, _made: ["1", "no-such-key"], about="spent"),
    Look("account_reset_password_from_key_done", "nobody"),
    Look("mfa_index", "learner"),
    Look("mfa_index", "learner", accounts.with_second_factor, about="on"),
    Look("mfa_reauthenticate", "learner", accounts.with_second_factor),
    Look("mfa_deactivate_totp", "learner", accounts.with_second_factor),
    Look("mfa_view_recovery_codes", "learner", accounts.with_second_factor),
    Look("mfa_generate_recovery_codes", "learner", accounts.with_second_factor),
    Look("mfa_list_webauthn", "learner", about="empty"),
    Look("mfa_activate_totp", "learner"),
    Look("mfa_add_webauthn", "learner"),
    Look("usersessions_list", "learner", accounts.signed_in_elsewhere),
]
ADMIN = [Look(url, "administrator", a_row_of_each, args) for url, args in ADMIN_PAGES]
# What a person of the cast gets with 200 and still is no page to look at, and why.
PARTS = "a part that a page above fetches; that page waits for it"
NO_PAGES = {
    "courses:plan_of_sheet": PARTS,
    "courses:offering_materials": PARTS,
    "courses:material_open": "a file",
    "healthz": "for machines",
    "readyz": "for machines",
    "coaching:feed": "a calendar",
    "service_worker": "a script",
    "a3:photo_file": "a photo",
    "a3:by_link_photo": "a photo",
    "a3:marked_print_file": "a photo",
    "a3:section_forms": PARTS,
    "courses:offering_people": PARTS,
    "courses:import_report": "a file",
    "courses:book_file": "a file",
    "courses:paper_file": "a file",
    "courses:offering_calendar": "a calendar",
    "courses:public_calendar": "a calendar",
    "courses:offerings_of_partner": PARTS,
    "coaching:board_news": PARTS,
    "coaching:visits_of_partner": PARTS,
    "coaching:charter_of_partner": PARTS,
    "coaching:visits_of_sheet": PARTS,
    "coaching:visit_agenda": PARTS,
    "coaching:visit_record": PARTS,
    "coaching:memo_print_file": "a file",
    "coaching:pack_file": "a file",
    "coaching:walk_photo": "a photo",
    "coaching:visit_document_file": "a file",
    "a3:sheets_of_partner": PARTS,
    "a3:sheets_of_person": PARTS,
    "partners:invitations_of_partner": PARTS,
}
PAGES = [*DESK, *PARTNERS, *COACHING, *CHARTERS, *WALKS, *SHEETS, *CATCHBALL, *COURSES, *TRANSFER, *ACCOUNTS, *ADMIN]
