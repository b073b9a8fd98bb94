"""Pages of coaching."""

from coaching.views.answers import answer, answer_decline
from coaching.views.away import leave_new, leave_remove, travel_new, travel_remove
from coaching.views.away_cards import leave_detail, travel_detail
from coaching.views.board import board, board_news
from coaching.views.changes import visit_cancel, visit_confirm, visit_decline, visit_move
from coaching.views.charter_changes import (
    charter_acknowledge,
    charter_days_new,
    charter_edit,
    charter_end,
    charter_new,
    charter_reflect,
    charter_renew,
)
from coaching.views.charters import charter_days, charter_detail, charter_list, charter_of_partner, charter_version
from coaching.views.coaches import coach_finder, coach_load, coach_profile, coverage
from coaching.views.documents import visit_document_file, visit_document_new, visit_document_remove
from coaching.views.drops import request_drop, visit_drop
from coaching.views.feed import feed_make, feed_revoke, feed_settings
from coaching.views.fragments import visit_record
from coaching.views.listing import visit_list
from coaching.views.memo_prints import memo_print, memo_print_again, memo_print_detail, memo_print_file, memo_print_here
from coaching.views.memos import memo_again, memo_detail, memo_draft, memo_save, memo_send, visit_memo
from coaching.views.notices import notice_waive
from coaching.views.packs import pack_again, pack_detail, pack_file, pack_here, pack_new
from coaching.views.partner_years import partner_year
from coaching.views.preparing import preparation_tick, visit_agenda, visit_prepare, visits_of_sheet
from coaching.views.promises import promise_answer, promise_detail, promise_list
from coaching.views.questions import question_answer
from coaching.views.records import piece_edit, piece_new, walk_detail, walk_edit
from coaching.views.requests import (
    request_decline,
    request_detail,
    request_edit,
    request_list,
    request_new,
    request_place,
    request_withdraw,
)
from coaching.views.series import series_detail, series_new
from coaching.views.visit_notes import visit_note_delete, visit_note_edit, visit_notes
from coaching.views.visits import visit_detail, visit_new, visits_of_partner
from coaching.views.walk_photos import walk_photo, walk_photo_new, walk_photo_remove

__all__ = [
    "answer",
    "answer_decline",
    "board",
    "board_news",
    "charter_acknowledge",
    "charter_days",
    "charter_days_new",
    "charter_detail",
    "charter_edit",
    "charter_end",
    "charter_list",
    "charter_new",
    "charter_of_partner",
    "charter_reflect",
    "charter_renew",
    "charter_version",
    "coach_finder",
    "coach_load",
    "coach_profile",
    "coverage",
    "feed_make",
    "feed_revoke",
    "feed_settings",
    "leave_detail",
    "leave_new",
    "leave_remove",
    "memo_again",
    "memo_detail",
    "memo_draft",
    "memo_print",
    "memo_print_again",
    "memo_print_detail",
    "memo_print_file",
    "memo_print_here",
    "memo_save",
    "memo_send",
    "notice_waive",
    "pack_again",
    "pack_detail",
    "pack_file",
    "pack_here",
    "pack_new",
    "partner_year",
    "piece_edit",
    "piece_new",
    "preparation_tick",
    "promise_answer",
    "promise_detail",
    "promise_list",
    "question_answer",
    "request_decline",
    "request_detail",
    "request_drop",
    "request_edit",
    "request_list",
    "request_new",
    "request_place",
    "request_withdraw",
    "series_detail",
    "series_new",
    "travel_detail",
    "travel_new",
    "travel_remove",
    "visit_agenda",
    "visit_cancel",
    "visit_confirm",
    "visit_decline",
    "visit_detail",
    "visit_document_file",
    "visit_document_new",
    "visit_document_remove",
    "visit_drop",
    "visit_list",
    "visit_memo",
    "visit_move",
    "visit_new",
    "visit_note_delete",
    "visit_note_edit",
    "visit_notes",
    "visit_prepare",
    "visit_record",
    "visits_of_partner",
    "visits_of_sheet",
    "walk_detail",
    "walk_edit",
    "walk_photo",
    "walk_photo_new",
    "walk_photo_remove",
]
