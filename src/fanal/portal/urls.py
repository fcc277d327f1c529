"""The addresses of the public face; none of them ever carries a code, an identifier or an answer."""

from __future__ import annotations

from django.urls import path

from fanal.portal import advice, choices, views
from fanal.portal.fingerprint import fingerprint

urlpatterns = [
    path("", views.start, name="start"),
    path("report", views.report, name="report"),
    path("fingerprint", fingerprint, name="fingerprint"),
    path("receipt", views.receipt, name="receipt"),
    path("follow-up", views.follow_up, name="follow-up"),
    path("what-to-do", advice.page_of_rules, name="advice"),
    path("what-to-do/poster.pdf", advice.poster, name="poster"),
    path("figures", views.figures, name="figures"),
    path("privacy", views.privacy, name="privacy"),
    path("language", choices.language, name="language"),
    path("theme", choices.theme, name="theme"),
    path("quit", choices.leave, name="quit"),
    path("bye", choices.bye, name="bye"),
    path("health", views.health, name="health"),
]

handler400 = "fanal.portal.failures.unreadable"
handler403 = "fanal.portal.failures.forbidden"
handler404 = "fanal.portal.failures.missing"
handler500 = "fanal.portal.failures.broken"
