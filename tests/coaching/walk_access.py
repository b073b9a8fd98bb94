"""Who may open which page of what was recorded at a visit; see tests/test_access.py."""

from typing import Any

from coaching.models import Promise, Question, VisitPack, WalkPhoto
from tests.access import Row, only
from tests.cast import Cast
from tests.coaching.factories import make_visit
from tests.coaching.memos import finished, make_memo, make_memo_print, make_sent
from tests.coaching.walks import a_note, make_observation, make_photo, make_promise, make_question

AT_PARTNER = ("learner", "change_agent", "sponsor")
AT_LEI = ("coach", "staff", "administrator")


def visit(cast: Cast) -> list[int]:
    return [make_visit(cast.site, cast.coach).pk]


def an_observation(cast: Cast) -> list[Any]:
    return [(row := make_observation(make_visit(cast.site, cast.coach))).visit_id, "observations", row.uid]


def new_photo(cast: Cast) -> list[Any]:
    visit_pk, _kind, uid = an_observation(cast)
    return [visit_pk, uid, uid]


def a_photo(cast: Cast) -> WalkPhoto:
    return make_photo(make_observation(make_visit(cast.site, cast.coach)))


def a_question(cast: Cast) -> Question:
    return make_question(make_visit(cast.site, cast.coach))


def a_promise(cast: Cast) -> Promise:
    return make_promise(make_visit(cast.site, cast.coach), cast.learner)


def a_draft(cast: Cast) -> list[int]:
    return [make_memo(make_visit(cast.site, cast.coach)).pk]


def a_sent_memo(cast: Cast) -> list[int]:
    return [make_sent(make_visit(cast.site, cast.coach)).pk]


def a_print(cast: Cast) -> list[int]:
    return [make_memo_print(make_sent(make_visit(cast.site, cast.coach))).pk]


def a_pack(cast: Cast) -> list[int]:
    """Of the coach."""
    return [VisitPack.objects.create(visit=make_visit(cast.site, cast.coach), asked_by=cast.coach).pk]


def a_finished_pack(cast: Cast) -> list[int]:
    return [finished(VisitPack.objects.get(pk=a_pack(cast)[0])).pk]


def a_finished_print(cast: Cast) -> list[int]:
    return [finished(make_memo_print(make_sent(make_visit(cast.site, cast.coach)))).pk]


ROWS = {
    "coaching:walk_detail": Row(only(*AT_PARTNER, *AT_LEI), visit),
    "coaching:walk_edit": Row(only("coach", "staff"), visit),
    "coaching:piece_new": Row(only("coach", "staff"), lambda cast: [*visit(cast), "promises"]),
    "coaching:piece_edit": Row(only("coach", "staff"), an_observation),
    "coaching:walk_photo_new": Row(only("coach", "staff", status=302), lambda cast: [*new_photo(cast)], {}),
    "coaching:walk_photo": Row(only(*AT_PARTNER, *AT_LEI), lambda cast: [a_photo(cast).pk]),
    "coaching:walk_photo_remove": Row(only("coach", "staff", status=302), lambda cast: [a_photo(cast).pk], {}),
    "coaching:question_answer": Row(only(*AT_PARTNER, "coach", "staff"), lambda cast: [a_question(cast).pk]),
    "coaching:promise_detail": Row(only(*AT_PARTNER, *AT_LEI), lambda cast: [a_promise(cast).pk]),
    "coaching:promise_answer": Row(
        only("learner", "change_agent", "coach", "staff", status=302),
        lambda cast: [a_promise(cast).pk],
        {"outcome": "kept"},
    ),
    "coaching:promise_list": Row(only(*AT_PARTNER, *AT_LEI), lambda cast: [cast.partner.pk]),
    "coaching:visit_record": Row(only(*AT_PARTNER, *AT_LEI), visit),
    "coaching:visit_memo": Row(only(*AT_PARTNER, *AT_LEI), visit),
    "coaching:memo_draft": Row(only("coach", "staff", status=302), visit, {}),
    "coaching:memo_detail": Row(only("coach", "staff"), a_draft),
    "coaching:memo_save": Row(only("coach", "staff", status=422), a_draft, {"revision": "x"}),
    "coaching:memo_again": Row(only("coach", "staff", status=302), a_draft, {}),
    "coaching:memo_send": Row(only("coach", "staff"), a_draft),
    "coaching:memo_print": Row(only(*AT_PARTNER, *AT_LEI, status=302), a_sent_memo, {"paper": "a4"}),
    "coaching:memo_print_detail": Row(only(*AT_PARTNER, *AT_LEI), a_print),
    "coaching:memo_print_again": Row(only(*AT_PARTNER, *AT_LEI, status=302), a_print, {}),
    "coaching:memo_print_here": Row(only(*AT_PARTNER, *AT_LEI, status=302), a_finished_print, {}),
    "coaching:memo_print_file": Row(only(*AT_PARTNER, *AT_LEI), a_finished_print),
    "coaching:pack_new": Row(only(*AT_PARTNER, *AT_LEI, status=302), visit, {}),
    "coaching:pack_detail": Row(only("coach"), a_pack),
    "coaching:pack_again": Row(only("coach", status=302), a_pack, {}),
    "coaching:pack_here": Row(only("coach", status=302), a_finished_pack, {}),
    "coaching:pack_file": Row(only("coach"), a_finished_pack),
    "coaching:visit_notes": Row(only("coach"), visit),
    "coaching:visit_note_edit": Row(only("coach"), lambda cast: [a_note(cast).pk]),
    "coaching:visit_note_delete": Row(only("coach", status=302), lambda cast: [a_note(cast).pk], {}),
}
