"""The addresses of the desk. None of them ever holds an identifier: references only."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from fanal.desk.views import assess, case, doors, fingerprints, guard, inbox, ledger, links, reveal, route

handler400 = "fanal.desk.views.doors.not_read"
handler404 = "fanal.desk.views.doors.absent"
handler500 = "fanal.desk.views.doors.broken"

pages: list[URLPattern | URLResolver] = [
    # the queue
    path("", inbox.queue, name="queue"),
    path("", inbox.queue, name="home"),
    path("take-next", inbox.take_next, name="take_next"),
    # one case
    path("cases/<str:ref>", case.page, name="case"),
    path("cases/<str:ref>/take", case.take, name="take"),
    path("cases/<str:ref>/release", case.release, name="release"),
    path("cases/<str:ref>/opinion", assess.give, name="give"),
    path("cases/<str:ref>/answer", case.answer, name="answer_reporters"),
    path("cases/<str:ref>/close", case.close, name="close"),
    path("cases/<str:ref>/items/<str:item>/reveal", reveal.reveal, name="reveal"),
    path("cases/<str:ref>/items/<str:item>/veil", reveal.veil, name="veil"),
    path("cases/<str:ref>/items/<str:item>/clear", reveal.clear, name="clear"),
    path("cases/<str:ref>/items/<str:item>/lists", fingerprints.opine, name="opine"),
    path("cases/<str:ref>/items/<str:item>/propose", fingerprints.propose, name="propose"),
    # its links to others
    path("cases/<str:ref>/links", links.page, name="links"),
    path("cases/<str:ref>/links/<str:link>/judge", links.judge, name="judge"),
    path("cases/<str:ref>/merge-into/<str:other>", links.merge, name="merge"),
    path("cases/<str:ref>/split", links.split, name="split"),
    path("cases/<str:ref>/moves/<str:move>/undo", links.undo, name="undo"),
    # what leaves the house
    path("dispatches", route.waiting, name="dispatches"),
    path("dispatches/<str:ref>", route.page, name="dispatch"),
    path("dispatches/<str:ref>/letter.pdf", route.letter, name="letter"),
    path("dispatches/<str:ref>/prepare", route.prepare, name="prepare"),
    path("dispatches/<str:ref>/approve", route.approve, name="approve"),
    path("dispatches/<str:ref>/return", route.send_back, name="send_back"),
    path("dispatches/<str:ref>/cancel", route.cancel, name="cancel"),
    path("dispatches/<str:ref>/settle", route.settle, name="settle"),
    path("dispatches/<str:ref>/answer", route.record_answer, name="record_answer"),
    # fingerprints: our own list, and those of this machine
    path("fingerprints", fingerprints.page, name="fingerprints"),
    path("fingerprints/<str:ref>/publish", fingerprints.publish, name="publish"),
    path("fingerprints/<str:ref>/refuse", fingerprints.refuse, name="refuse"),
    path("fingerprints/<str:ref>/withdraw", fingerprints.withdraw, name="withdraw"),
    # what may be said in public
    path("guard", guard.page, name="guard"),
    path("guard/texts", guard.texts, name="texts"),
    path("guard/poster.en.pdf", guard.poster, {"language": "en"}, name="poster_en"),
    path("guard/poster.fr.pdf", guard.poster, {"language": "fr"}, name="poster_fr"),
    path("guard/alarms", guard.alarms, name="alarms"),
    # proof and figures
    path("ledger", ledger.latest, name="ledger"),
    path("figures", ledger.figures, name="figures"),
    # choices, and whether this process is well
    path("language", doors.language, name="language"),
    path("theme", doors.theme, name="theme"),
    path("health", doors.health, name="health"),
]

# Only these of allauth's pages exist here: no sign-up, no e-mail, no switching a second factor off.
entrance: list[URLPattern | URLResolver] = [
    path("login", account.login, name="account_login"),
    path("logout", account.logout, name="account_logout"),
    path("inactive", account.account_inactive, name="account_inactive"),
    path("reauthenticate", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor", factor.index, name="mfa_index"),
    path("second-factor/code", factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm", factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/enrol", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/enrolled", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_deactivate_totp"),
    path("second-factor/recovery", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages, "desk"))), *entrance]
