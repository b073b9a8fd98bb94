"""Pages of a3."""

from a3.views.agreements import agreement_agree, agreement_new, agreement_not_yet, agreement_stop
from a3.views.archive import archive_end, archive_new
from a3.views.books import book_again, book_detail, book_file, book_new
from a3.views.by_link import by_link, by_link_photo, by_link_reply
from a3.views.changes import round_compare
from a3.views.effects import effect_new
from a3.views.figures import figure_detail, figure_edit, figure_new, figure_preview
from a3.views.fragments import sheets_of_partner, sheets_of_person
from a3.views.fullness import sheet_fullness
from a3.views.likeness import similar_to_sheet, similar_to_text
from a3.views.lists import saved_list_delete, saved_list_edit, saved_list_new, sheet_list
from a3.views.notes import coach_note_delete, coach_note_edit, coach_notes
from a3.views.photos import marked_print_file, marked_print_new, photo_file, photo_new
from a3.views.presences import presence_new
from a3.views.prints import print_again, print_detail, print_file, print_here, print_new, round_print
from a3.views.remarks import remark_answer, remark_new, remark_reopen, remark_reply
from a3.views.retyping import sheet_type_edit
from a3.views.reviewers import reviewer_end, reviewer_list
from a3.views.rounds import hand_over, round_detail, take_back
from a3.views.sections import section_add, section_detail, section_edit, section_forms, section_save
from a3.views.sheets import sheet_copy, sheet_detail, sheet_edit, sheet_new
from a3.views.states import state_new
from a3.views.steps import step_detail
from a3.views.talks import talk_accept, talk_cancel, talk_decline, talk_detail, talk_new, talk_times

__all__ = [
    "agreement_agree",
    "agreement_new",
    "agreement_not_yet",
    "agreement_stop",
    "archive_end",
    "archive_new",
    "book_again",
    "book_detail",
    "book_file",
    "book_new",
    "by_link",
    "by_link_photo",
    "by_link_reply",
    "coach_note_delete",
    "coach_note_edit",
    "coach_notes",
    "effect_new",
    "figure_detail",
    "figure_edit",
    "figure_new",
    "figure_preview",
    "hand_over",
    "marked_print_file",
    "marked_print_new",
    "photo_file",
    "photo_new",
    "presence_new",
    "print_again",
    "print_detail",
    "print_file",
    "print_here",
    "print_new",
    "remark_answer",
    "remark_new",
    "remark_reopen",
    "remark_reply",
    "reviewer_end",
    "reviewer_list",
    "round_compare",
    "round_detail",
    "round_print",
    "saved_list_delete",
    "saved_list_edit",
    "saved_list_new",
    "section_add",
    "section_detail",
    "section_edit",
    "section_forms",
    "section_save",
    "sheet_copy",
    "sheet_detail",
    "sheet_edit",
    "sheet_fullness",
    "sheet_list",
    "sheet_new",
    "sheet_type_edit",
    "sheets_of_partner",
    "sheets_of_person",
    "similar_to_sheet",
    "similar_to_text",
    "state_new",
    "step_detail",
    "take_back",
    "talk_accept",
    "talk_cancel",
    "talk_decline",
    "talk_detail",
    "talk_new",
    "talk_times",
]
