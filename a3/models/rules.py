"""What the database itself holds sheets to, in its own language: triggers of `Sheet` and `Section`."""

MOST_LEVELS = 6  # of a cascade, the topmost sheet included

OF_THIS_PARTNER = """
    IF NOT EXISTS (SELECT 1 FROM partners_site WHERE id = NEW.site_id AND partner_id = NEW.partner_id)
    OR (NEW.priority_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM partners_priority WHERE id = NEW.priority_id AND partner_id = NEW.partner_id)) THEN
        RAISE EXCEPTION 'a sheet''s site and priority are those of its partner' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

# Whoever changes a cascade of a partner waits for the other: two who each put their sheet below the other's are then
# seen by the second. A statement of a function sees what was committed before it began.
CASCADE = """
    PERFORM pg_advisory_xact_lock(hashtextextended('a3_cascade', NEW.partner_id));
    IF NOT EXISTS (SELECT 1 FROM a3_sheet WHERE id = NEW.parent_id AND partner_id = NEW.partner_id) THEN
        RAISE EXCEPTION 'a sheet and the one it is part of are of one partner' USING ERRCODE = 'check_violation';
    END IF;
    IF (WITH RECURSIVE above (id, parent_id, levels) AS (
            SELECT id, parent_id, 1 FROM a3_sheet WHERE id = NEW.parent_id
            UNION ALL
            SELECT s.id, s.parent_id, levels + 1 FROM a3_sheet s JOIN above ON s.id = above.parent_id
            WHERE levels <= most_levels AND above.id <> NEW.id
        ), below (id, levels) AS (
            SELECT NEW.id, 1
            UNION ALL
            SELECT s.id, levels + 1 FROM a3_sheet s JOIN below ON s.parent_id = below.id WHERE levels <= most_levels
        )
        SELECT bool_or(above.id = NEW.id) OR max(above.levels) + (SELECT max(levels) FROM below) > most_levels
        FROM above) THEN
        RAISE EXCEPTION 'a cascade has no rings and at most most_levels levels' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("most_levels", str(MOST_LEVELS))

WORDS_OF_TITLE = """
    INSERT INTO a3_sheetwords (sheet_id, title, vector)
    VALUES (NEW.id, NEW.title, setweight(to_tsvector('english', NEW.title), 'A'))
    ON CONFLICT (sheet_id) WHERE section_id IS NULL
    DO UPDATE SET title = EXCLUDED.title, vector = EXCLUDED.vector;
    RETURN NULL;
"""

WORDS_OF_SECTION = """
    IF NEW.body = '' THEN
        DELETE FROM a3_sheetwords WHERE section_id = NEW.id;
    ELSE
        INSERT INTO a3_sheetwords (sheet_id, section_id, title, vector)
        SELECT NEW.sheet_id, NEW.id, '', setweight(
            to_tsvector('english', regexp_replace(NEW.body, '<[^>]*>', ' ', 'g')),
            (CASE half WHEN 'left' THEN 'B' ELSE 'C' END)::"char")
        FROM a3_sectiontype WHERE id = NEW.type_id
        ON CONFLICT (section_id) DO UPDATE SET vector = EXCLUDED.vector;
    END IF;
    RETURN NULL;
"""
