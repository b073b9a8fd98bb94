"""What changes on sheets when LEI changes a type."""

from django.db import connection

from a3.models import SheetType


def spread_sections(kind: SheetType) -> int:
    """Give every sheet of a type the empty sections it lacks, in one statement; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO a3_section (sheet_id, type_id, body, figure_ids, revision, writing, step)
            SELECT sheet.id, kind.id, '', '{}', 0, '', 0
            FROM a3_sheet sheet JOIN a3_sectiontype kind ON kind.sheet_type_id = sheet.type_id
            WHERE sheet.type_id = %s
            ON CONFLICT (sheet_id, type_id) DO NOTHING
            """,
            [kind.pk],
        )
        added: int = cursor.rowcount
    return added
