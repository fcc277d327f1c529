"""Erase what its time has come for. The ledger still verifies: it holds commitments, not content."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

from fanal.core.events import Event
from fanal.queries import world
from fanal.queries.record import Happening, record
from fanal.store import models

TOGETHER = 200


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
