"""Erase what its time has come for. The ledger still verifies: it holds commitments, not content."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db import connection, transaction

from fanal.core.events import Event
from fanal.queries import world
from fanal.queries.record import Happening, record
from fanal.store import models

TOGETHER = 200
ASKING_DAYS = 7  # how long supervisors see why the guard fell silent
SALT_DAYS = 2  # a salt is needed on its own day, and by a process whose midnight is late


def seals() -> int:
    """Erase sealed identities whose last day has passed; give how many. The worker cannot read one of them."""
    here = world.current()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault.forget(%s)", [here.now().date()])
            row = cursor.fetchone()
        count = int(row[0]) if row else 0
        if count:
            record(Happening(Event.SEALS_EXPIRED, subject="vault", at=here.now(), details={"count": count}))
    return count


def reports() -> int:
    """Erase what was said in reports all of whose cases are closed for longer than the law's file says; give how many.

    Words, items as typed, the day seen, and the bodies and salts of the report's own events go. The row stays, so that
    a case still counts its reports, and the ledger's entry stays, so that the receipt still proves them.
    """
    here = world.current()
    now = here.now()
    limit = now - timedelta(days=here.catalogue.kept_days("report"))
    lasting = models.CaseReport.objects.exclude(case__state="closed", case__closed_at__lt=limit)
    lasting = lasting.exclude(case__state="merged")  # its reports stand in the case that took it in
    done = 0
    while True:
        with transaction.atomic():
            rows = list(
                models.Report.objects.filter(erased_at=None, links__case__closed_at__lt=limit)
                .exclude(pk__in=lasting.values("report"))
                .order_by("pk")
                .distinct()[:TOGETHER]
            )
            if not rows:
                return done
            ids, refs = [row.pk for row in rows], [row.ref for row in rows]
            models.Report.objects.filter(pk__in=ids).update(body=b"", seen_on=None, erased_at=now)
            models.Item.objects.filter(report__in=ids).update(typed=b"")
            models.EventBody.objects.filter(event__subject__in=refs).delete()
            record(*(Happening(Event.REPORT_ERASED, subject=ref, at=now) for ref in refs))
            done += len(rows)


def sources() -> int:
    """Erase the tokens of sources past their days, and all salts but today's and yesterday's; give how many reports.

    From then on no row says which source a report had, nor that two reports had the same. How many voices there were
    was counted as they joined, and stays. A group that is left with texts alone is named after one of them.
    """
    here = world.current()
    today = here.now().date()
    last = today - timedelta(days=here.catalogue.kept_days("source-token"))
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    with transaction.atomic():
        models.DaySalt.objects.filter(day__lte=today - timedelta(days=SALT_DAYS)).delete()
        reports = models.Report.objects.filter(received_at__lt=end).exclude(sources=b"").update(sources=b"")
        with connection.cursor() as cursor:
            cursor.execute(_RENAME, [today, today])
            cursor.execute("DELETE FROM store_crowdnode WHERE source AND until < %s", [today])
            nodes = cursor.rowcount
        if reports or nodes:
            details = {"reports": reports}
            record(Happening(Event.SOURCES_ERASED, subject="voices", at=here.now(), details=details))
    return reports


def askings() -> int:
    """Erase what is kept of those who asked the guard, past its days; give how many. Their events stay."""
    limit = world.current().now() - timedelta(days=ASKING_DAYS)
    return models.GuardAsking.objects.filter(at__lt=limit).delete()[0]


_RENAME = """
UPDATE store_crowdnode node SET root = left_over.root
FROM (
    SELECT gone.case_id, gone.root AS old, min(other.node) AS root
    FROM (
        SELECT DISTINCT case_id, node AS root FROM store_crowdnode WHERE source AND until < %s AND node = root
    ) gone
    JOIN store_crowdnode other
      ON other.case_id = gone.case_id AND other.root = gone.root AND NOT (other.source AND other.until < %s)
    GROUP BY gone.case_id, gone.root
) left_over
WHERE node.case_id = left_over.case_id AND node.root = left_over.old
"""
