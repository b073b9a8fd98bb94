"""Whatever people, staff and clock do: never too many seats, and never one unused while somebody may have it.

What must hold is counted here from the bare rows, apart from the engine's own counting.
"""

import datetime as dt
from collections import Counter
from contextlib import suppress

from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from courses import actions
from courses.models import Enrollment, Hold, Offering
from tests.courses.factories import hold_for, make_enrollment, make_offering
from tests.factories import make_person

State = Enrollment.State
TAKING = {"offered", "enrolled", "attended"}
PICK = st.integers(min_value=0, max_value=30)


class Line(RuleBasedStateMachine):
    cast = None

    def __init__(self):
        super().__init__()
        self.offering = make_offering(capacity=3)
        self.offers = Counter()

    @property
    def rows(self):
        return list(Enrollment.objects.filter(offering=self.offering).select_related("group").order_by("pk"))

    def one(self, pick, *states):
        found = [row for row in self.rows if row.state in states]
        return found[pick % len(found)] if found else None

    def somebody(self, *, elsewhere):
        return make_person(site=self.cast.other_site if elsewhere else self.cast.site)

    @rule(elsewhere=st.booleans())
    def enroll(self, elsewhere):
        actions.enroll(self.offering, person=self.somebody(elsewhere=elsewhere), by=self.cast.staff)

    @rule(size=st.integers(min_value=2, max_value=4), elsewhere=st.booleans())
    def enroll_a_group(self, size, elsewhere):
        people = [self.somebody(elsewhere=elsewhere) for _ in range(size)]
        actions.enroll_all(self.offering, people=people, by=self.cast.staff, together=True)

    @rule(elsewhere=st.booleans())
    def ask(self, elsewhere):
        make_enrollment(self.offering, self.somebody(elsewhere=elsewhere))

    @rule(pick=PICK)
    def approve(self, pick):
        if row := self.one(pick, "asked"):
            actions.approve(row, by=self.cast.staff)

    @rule(pick=PICK)
    def cancel(self, pick):
        if row := self.one(pick, "asked", "approved", "offered", "enrolled"):
            actions.cancel(row, by=self.cast.staff, reason="Ill")

    @rule(pick=PICK)
    def accept(self, pick):
        if row := self.one(pick, "offered"):
            assert actions.accept(row).has_seat

    @rule(pick=PICK)
    def turn_down(self, pick):
        if row := self.one(pick, "offered"):
            actions.turn_down(row, by=self.cast.staff)

    @rule()
    def two_days_pass(self):
        actions.let_lapse(self.offering.pk, timezone.now() + dt.timedelta(days=3))

    @rule(more=st.integers(min_value=1, max_value=2))
    def add_seats(self, more):
        self.offering.refresh_from_db()
        self.offering.capacity += more
        self.offering.save()
        actions.revise(self.offering)

    @rule(seats=st.integers(min_value=1, max_value=3), elsewhere=st.booleans())
    def hold_seats(self, seats, elsewhere):
        partner = self.cast.elsewhere if elsewhere else self.cast.partner
        with suppress(actions.Refused):
            hold_for(self.offering, partner, seats, by=self.cast.staff)

    @precondition(lambda self: Hold.objects.standing().filter(offering=self.offering).exists())
    @rule(pick=PICK)
    def let_go(self, pick):
        holds = list(Hold.objects.standing().filter(offering=self.offering))
        actions.let_go(holds[pick % len(holds)])

    @rule(pick=PICK)
    def put_first(self, pick):
        if row := self.one(pick, "approved"):
            actions.put_first(row, by=self.cast.staff, reason="They start in March")

    @rule(pick=PICK)
    def split(self, pick):
        groups = [row.group for row in self.rows if row.group and row.state == "approved" and not row.group.split_at]
        if groups:
            actions.split(groups[pick % len(groups)], by=self.cast.staff)

    @invariant()
    def never_too_many(self):
        offering = Offering.objects.get(pk=self.offering.pk)
        taken = sum(row.state in TAKING for row in self.rows)
        assert taken == offering.seats_taken <= offering.capacity

    @invariant()
    def one_offer_a_seat(self):
        for row in self.rows:
            if row.state == "offered":
                assert row.offered_at < row.offered_until <= self.offering.starts_at

    @invariant()
    def no_seat_is_unused_while_somebody_may_have_it(self):
        rows = self.rows
        offering = Offering.objects.get(pk=self.offering.pk)
        free = offering.capacity - sum(row.state in TAKING for row in rows)
        taken = Counter(row.partner_id for row in rows if row.state in TAKING)
        holds = Hold.objects.standing().filter(offering=offering)
        unused = {hold.partner_id: max(hold.seats - taken[hold.partner_id], 0) for hold in holds}
        units = Counter(
            (f"group {row.group_id}" if row.group and not row.group.split_at else f"row {row.pk}", row.partner_id)
            for row in rows
            if row.state == "approved"
        )
        for (_, partner), size in units.items():
            assert size > free - sum(number for pk, number in unused.items() if pk != partner)

    @invariant()
    def a_group_is_offered_all_its_seats_or_waits(self):
        for group in {row.group for row in self.rows if row.group and not row.group.split_at}:
            found = {row.state for row in self.rows if row.group_id == group.pk}
            assert "approved" not in found or not found & {"offered", "enrolled"}


def test_the_line_keeps_its_promises(cast):
    Line.cast = cast
    few = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Line, settings=few)
