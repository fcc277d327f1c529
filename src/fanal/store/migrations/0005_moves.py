"""Where a report stood before a person moved it: its reporter reads what was said there then, and of no other case."""

from django.db import migrations, models

# A case that was merged has nothing more to tell. Of the case that took a report in by a merge, its reporter learns what
# happens from then on: neither an earlier outcome, nor what was sent before, nor what its reporters were told before.
DOORS = """
CREATE OR REPLACE FUNCTION reporter_status(codes bytea[])
RETURNS TABLE (received_at timestamptz, items bigint, state varchar, outcome varchar, sent bigint, removed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.received_at,
           (SELECT count(*) FROM store_item i WHERE i.report_id = r.id),
           COALESCE(c.state, r.state),
           CASE WHEN m.at >= COALESCE(c.decided_at, '-infinity') THEN '' ELSE COALESCE(c.outcome, '') END,
           (SELECT count(*) FROM store_dispatch d WHERE d.case_id = c.id AND d.sent_at > COALESCE(m.at, '-infinity')),
           (SELECT count(*) FROM store_dispatch d WHERE d.case_id = c.id AND d.answer = 'removed'
                AND d.sent_at > COALESCE(m.at, '-infinity'))
    FROM store_report r
    LEFT JOIN (store_casereport l JOIN store_case c ON c.id = l.case_id AND c.state <> 'merged') ON l.report_id = r.id
    LEFT JOIN LATERAL (
        SELECT max((one ->> 'until')::timestamptz) AS at
        FROM jsonb_array_elements(l.past) AS one WHERE one ->> 'what' = 'merge'
    ) m ON true
    WHERE r.code = ANY(codes)
    ORDER BY c.opened_at DESC NULLS LAST
    LIMIT 1
$$;

CREATE OR REPLACE FUNCTION reporter_answers(codes bytea[])
RETURNS TABLE (id uuid, at timestamptz, text bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT a.id, a.at, a.text
    FROM store_report r
    JOIN store_casereport l ON l.report_id = r.id
    CROSS JOIN LATERAL (
        SELECT (one ->> 'case')::uuid AS case_id, (one ->> 'until')::timestamptz AS until,
               lag((one ->> 'until')::timestamptz, 1, '-infinity') OVER (ORDER BY place) AS since
        FROM jsonb_array_elements(l.past) WITH ORDINALITY AS past (one, place)
        UNION ALL
        SELECT l.case_id, 'infinity', COALESCE((l.past -> -1 ->> 'until')::timestamptz, '-infinity')
    ) AS stay
    JOIN store_reporteranswer a ON a.case_id = stay.case_id AND a.at >= stay.since AND a.at < stay.until
    WHERE r.code = ANY(codes)
    ORDER BY a.at
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0004_clues")]

    operations = [
        migrations.AddField(model_name="casereport", name="past", field=models.JSONField(default=list)),
        migrations.AddField(model_name="case", name="numbered", field=models.PositiveIntegerField(default=0)),
        migrations.RunSQL("UPDATE store_case SET numbered = target_count", migrations.RunSQL.noop),
        migrations.RunSQL(DOORS, migrations.RunSQL.noop),
    ]
