"""Results that count by their place before or after earlier sessions of chemoembolisation. Knows no resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from service.fhir.moments import Moment

Counts = Callable[[Moment | None], bool]

BEFORE_LAST = {"ascites_before_last_session": "ascites", "bilirubin_before_last_session": "bilirubin"}
BEFORE_FIRST = {
    "ast_before_first_session": "ast",
    "bclc_stage_before_first_session": "bclc_stage",
    "child_pugh_before_first_session": "child_pugh",
}
AFTER_FIRST = {"ast_after_first_session": "ast"}


def around_sessions(sessions: Sequence[Moment | None]) -> Iterable[tuple[str, str, Counts]]:
    """(fact, the fact of which a result gives it, which times count). Nothing if the day of a session is not known."""
    dated = [session for session in sessions if session is not None]
    if not dated or len(dated) < len(sessions):
        return
    first, last = min(dated, key=lambda each: each.end), max(dated, key=lambda each: each.start)
    for names, counts in ((BEFORE_LAST, _before(last)), (BEFORE_FIRST, _before(first)), (AFTER_FIRST, _after(first))):
        for name, fact in names.items():
            yield name, fact, counts


def _before(session: Moment) -> Counts:
    return lambda moment: moment is not None and session.surely_after(moment)


def _after(session: Moment) -> Counts:
    return lambda moment: moment is not None and moment.surely_after(session)
