"""Every code of the core has its word on the desk."""

from __future__ import annotations


def test_every_code_of_the_core_has_a_word() -> None:
    from fanal.core.case import DispatchKind, Outcome
    from fanal.core.catalogue import Tick
    from fanal.core.events import Event
    from fanal.core.follow_up.outcomes import Answer
    from fanal.core.guard.draft import Place
    from fanal.core.guard.review import Standing as Naming
    from fanal.core.guard.review import Sure
    from fanal.core.lifecycle import CaseState, DispatchState
    from fanal.core.report import Standing, TargetKind
    from fanal.core.rights import Role
    from fanal.desk import words
    from fanal.desk.views import guard

    codes = {
        "state": CaseState,
        "dispatch": DispatchState,
        "role": Role,
        "outcome": Outcome,
        "tick": Tick,
        "standing": Standing,
        "answer": Answer,
        "event": Event,
        "kind": [*DispatchKind, *TargetKind],
        "form": guard.TYPED,
        "place": Place,
        "sure": Sure,
        "naming": Naming,
    }
    for kind, values in codes.items():
        assert {str(value) for value in values} <= set(words.WORDS[kind]), kind
