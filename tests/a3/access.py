"""Who may open which page of a3; see tests/test_access.py."""

from a3.models import SavedList
from tests.a3.factories import (
    make_agreement,
    make_coach_note,
    make_figure,
    make_photo,
    make_plan,
    make_remark,
    make_reviewer,
    make_round,
    make_sheet,
    make_talk,
    section_of,
)
from tests.a3.prints import PRINTS
from tests.access import ALL, EVERYONE, Row, only
from tests.cast import Cast

SEEING = ("learner", "change_agent", "sponsor", "coach")  # a sheet of the change agent, coached by our coach


def sheet(cast: Cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def its(make):
    return lambda cast: [make(sheet(cast)).pk]


def section(cast: Cast):
    return [section_of(sheet(cast), 1).pk]


def remark(cast: Cast):
    return [make_remark(sheet(cast), cast.coach).pk]


def frozen(cast: Cast):
    ours = sheet(cast)
    return [ours.pk, make_round(ours, to=cast.coach).number]


def photo(cast: Cast):
    return [make_photo(sheet(cast)).pk]


def figure(cast: Cast):
    ours = make_figure(sheet(cast))
    return [ours.sheet_id, ours.pk]


def saved_list(cast: Cast):
    return [SavedList.objects.create(person=cast.learner, name="Mine", query="show=mine").pk]


def step(cast: Cast):
    """Given to the learner, on the change agent's sheet."""
    ours = make_plan(sheet(cast), cast.learner)
    return [ours.sheet_id, ours.pk, "s1"]


TOKEN = "t" * 43


def link(cast: Cast):
    """Whoever has the link, signed in or not, reads this one sheet."""
    make_reviewer(sheet(cast), token=TOKEN)
    return [TOKEN]


def link_to_remark(cast: Cast):
    ours = sheet(cast)
    make_reviewer(ours, token=TOKEN)
    return [TOKEN, make_remark(ours, cast.coach).pk]


def link_to_photo(cast: Cast):
    ours = sheet(cast)
    make_reviewer(ours, token=TOKEN)
    return [TOKEN, make_photo(ours).pk]


PARTNER_SEEN = only("learner", "change_agent", "sponsor", "coach", "staff", "administrator")
TEXT = {"body": "<p>x</p>", "revision": 99}

ROWS = {
    "a3:sheet_list": Row(ALL),
    "a3:sheet_new": Row(only("outsider", "learner", "change_agent", "sponsor")),
    "a3:similar_to_text": Row(ALL, query={"title": "Leave by noon"}),
    "a3:similar_to_sheet": Row(only(*SEEING), its(lambda s: s)),
    "a3:sheet_copy": Row(only("learner", "change_agent", "sponsor"), its(lambda s: s)),
    "a3:sheet_type_edit": Row(only("change_agent"), its(lambda s: s)),
    "a3:saved_list_new": Row(dict.fromkeys(ALL, 302)),
    "a3:saved_list_edit": Row(only("learner"), saved_list),
    "a3:saved_list_delete": Row(only("learner", status=302), saved_list, data={}),
    "a3:archive_new": Row(only("change_agent"), its(lambda s: s)),
    "a3:archive_end": Row(only("change_agent", status=302), its(lambda s: s), data={}),
    "a3:sheet_detail": Row(only(*SEEING), its(lambda s: s)),
    "a3:sheet_edit": Row(only("change_agent"), its(lambda s: s)),
    "a3:hand_over": Row(only("change_agent") | {"coach": 409}, its(lambda s: s)),
    "a3:take_back": Row(only("change_agent", status=409), its(lambda s: s)),
    "a3:state_new": Row(only("change_agent", "coach"), its(lambda s: s)),
    "a3:agreement_new": Row(only("change_agent"), its(lambda s: s)),
    "a3:agreement_agree": Row(only("coach", status=302), its(make_agreement), data={}),
    "a3:agreement_not_yet": Row(only("coach", status=422), its(make_agreement), data={}),
    "a3:agreement_stop": Row(only("change_agent", status=302), its(make_agreement), data={}),
    "a3:talk_new": Row(only("change_agent", "coach"), its(lambda s: s)),
    "a3:talk_detail": Row(only("change_agent", "coach"), its(make_talk)),
    "a3:talk_accept": Row(only("change_agent", "coach", status=422), its(make_talk), data={}),
    "a3:talk_times": Row(only("change_agent", "coach"), its(make_talk)),
    "a3:talk_decline": Row(only("change_agent", "coach", status=422), its(make_talk), data={}),
    "a3:talk_cancel": Row(only("change_agent", "coach", status=422), its(make_talk), data={}),
    "a3:coach_notes": Row(only("coach"), lambda cast: [cast.change_agent.pk]),
    "a3:coach_note_edit": Row(only("coach"), its(make_coach_note)),
    "a3:coach_note_delete": Row(only("coach", status=302), its(make_coach_note), data={}),
    "a3:round_compare": Row(only(*SEEING), its(lambda s: s)),
    "a3:round_detail": Row(only(*SEEING), frozen),
    "a3:effect_new": Row(only("change_agent"), its(lambda s: s)),
    "a3:remark_new": Row(only("change_agent", "coach", status=422), its(lambda s: s), data={}),
    "a3:remark_reply": Row(only("change_agent", "coach", status=422), remark, data={}),
    "a3:remark_answer": Row(only("change_agent", "coach", status=302), remark, data={}),
    "a3:remark_reopen": Row(only("change_agent", "coach", status=302), remark, data={}),
    "a3:reviewer_list": Row(only("change_agent"), its(lambda s: s)),
    "a3:reviewer_end": Row(only("change_agent", status=302), its(make_reviewer), data={}),
    "a3:by_link": Row(EVERYONE, link),
    "a3:by_link_reply": Row(dict.fromkeys(EVERYONE, 422), link_to_remark, data={}),
    "a3:by_link_photo": Row(EVERYONE, link_to_photo),
    "a3:photo_new": Row(only("change_agent", status=422), its(lambda s: s), data={}),
    "a3:photo_file": Row(only(*SEEING), photo),
    "a3:figure_new": Row(only("change_agent"), its(lambda s: s)),
    "a3:figure_preview": Row(only("change_agent", status=422), its(lambda s: s), data={}),
    "a3:figure_detail": Row(only(*SEEING), figure),
    "a3:figure_edit": Row(only("change_agent"), figure),
    "a3:step_detail": Row(only("learner", "change_agent"), step),
    "a3:section_detail": Row(only(*SEEING, status=302), section),
    "a3:section_edit": Row(only("change_agent"), section),
    "a3:section_save": Row(only("change_agent", status=409), section, data=TEXT),
    "a3:section_add": Row(only("change_agent", status=422), section, data={}),
    "a3:section_forms": Row(only("change_agent"), its(lambda s: s)),
    "a3:presence_new": Row(only(*SEEING), its(lambda s: s), data={}),
    "a3:sheets_of_partner": Row(PARTNER_SEEN, lambda cast: [cast.partner.pk]),
    "a3:sheets_of_person": Row(PARTNER_SEEN, lambda cast: [cast.learner.pk]),
} | PRINTS
