"""Who teaches an offering is taken then: kept in the floor's busy times by the database, whoever writes."""

import pgtrigger

# One row of `partners_busytime` per offering that takes place and coach who teaches it, first hour to last.
TAKE = """
    INSERT INTO partners_busytime (key, person_id, kind, starts_at, ends_at, is_whole_days, zone, words)
    SELECT 'course:' || o.id || ':' || i.person_id, i.person_id, 'course',
        (o.starts_on + o.daily_from) AT TIME ZONE o.zone, (o.ends_on + o.daily_until) AT TIME ZONE o.zone,
        false, o.zone,
        left(concat_ws(', ', c.name, nullif(o.place, ''), s.name, CASE WHEN o.link <> '' THEN 'on-line' END), 300)
    FROM courses_offering o
    JOIN courses_offering_instructors i ON i.offering_id = o.id
    JOIN courses_course c ON c.id = o.course_id
    LEFT JOIN partners_site s ON s.id = o.site_id
    WHERE o.cancelled_at IS NULL AND [which]
"""

OF_INSTRUCTORS = pgtrigger.Trigger(
    name="takes_time",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM partners_busytime WHERE key = 'course:' || OLD.offering_id || ':' || OLD.person_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            [take];
        END IF;
        RETURN NULL;
    """.replace("[take]", TAKE.replace("[which]", "i.id = NEW.id")),
)

OF_OFFERINGS = pgtrigger.Trigger(
    name="takes_time_of_instructors",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf(
        "course_id",
        "starts_on",
        "ends_on",
        "daily_from",
        "daily_until",
        "zone",
        "site_id",
        "place",
        "link",
        "cancelled_at",
    ),
    func="""
        DELETE FROM partners_busytime USING courses_offering_instructors i
        WHERE i.offering_id = NEW.id AND key = 'course:' || NEW.id || ':' || i.person_id;
        [take];
        RETURN NULL;
    """.replace("[take]", TAKE.replace("[which]", "o.id = NEW.id")),
)
