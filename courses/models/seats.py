"""Seats in the database: triggers count them for every writer, and one statement takes the next one.

The last seats are a race. On the same busy machine 18 to 20 approvals a second went through while a lock was held over
several round trips of Python, 66 to 80 with one statement; so approving is plain SQL here, and nowhere else.
"""

import pgtrigger

# Approve what was asked for: a seat if one is left, else a place in the line. The offering's row is locked first; who
# had to wait for the lock reads the number of seats as it is then, and the clock is read under the lock. Where seats
# are held for partners it does nothing: how many of those are used cannot be read anew under the lock in one statement.
APPROVE = """
    WITH offering AS (
        SELECT o.id, o.seats_taken < o.capacity AS has_seat
        FROM courses_offering o JOIN courses_enrollment e ON e.offering_id = o.id
        WHERE e.id = %(enrollment)s AND o.cancelled_at IS NULL AND NOT o.has_holds
        FOR NO KEY UPDATE OF o
    )
    UPDATE courses_enrollment SET
        state = CASE WHEN has_seat THEN 'enrolled' ELSE 'approved' END,
        enrolled_at = CASE WHEN has_seat THEN clock_timestamp() END,
        approved_at = clock_timestamp(),
        approved_by_id = %(by)s,
        to_tell_at = clock_timestamp()
    FROM offering
    WHERE courses_enrollment.id = %(enrollment)s AND courses_enrollment.state = 'asked'
    RETURNING state
"""

# Written per statement, not per row: a thousand rows in one INSERT cost one UPDATE per offering.
# The UPDATE locks the offering; its CHECK (seats_taken <= capacity) refuses the seat too many.
COUNT_INSERTED = """
    UPDATE courses_offering SET seats_taken = seats_taken + change.n
    FROM (SELECT offering_id, count(*) AS n FROM new_rows
          WHERE state IN ('offered', 'enrolled', 'attended') GROUP BY offering_id) AS change
    WHERE courses_offering.id = change.offering_id;
    RETURN NULL;
"""
COUNT_DELETED = """
    UPDATE courses_offering SET seats_taken = seats_taken - change.n
    FROM (SELECT offering_id, count(*) AS n FROM old_rows
          WHERE state IN ('offered', 'enrolled', 'attended') GROUP BY offering_id) AS change
    WHERE courses_offering.id = change.offering_id;
    RETURN NULL;
"""
COUNT_UPDATED = """
    UPDATE courses_offering SET seats_taken = seats_taken + change.n
    FROM (SELECT offering_id, sum(seat) AS n
          FROM (SELECT offering_id, 1 AS seat FROM new_rows WHERE state IN ('offered', 'enrolled', 'attended')
                UNION ALL
                SELECT offering_id, -1 FROM old_rows WHERE state IN ('offered', 'enrolled', 'attended')) AS seats
          GROUP BY offering_id HAVING sum(seat) <> 0) AS change
    WHERE courses_offering.id = change.offering_id;
    RETURN NULL;
"""

OF_ENROLLMENTS = [
    pgtrigger.Trigger(
        name="count_inserted_seats",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=COUNT_INSERTED,
    ),
    pgtrigger.Trigger(
        name="count_updated_seats",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        func=COUNT_UPDATED,
    ),
    pgtrigger.Trigger(
        name="count_deleted_seats",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="old_rows"),
        func=COUNT_DELETED,
    ),
]

OF_OFFERINGS = [
    pgtrigger.Trigger(
        name="seats_start_at_none",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="NEW.seats_taken = 0; RETURN NEW;",
    ),
    # Only the triggers above (depth 2) may count; a stale row that is saved keeps the true number.
    pgtrigger.Trigger(
        name="seats_are_only_counted",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="IF pg_trigger_depth() < 2 THEN NEW.seats_taken = OLD.seats_taken; END IF; RETURN NEW;",
    ),
]
