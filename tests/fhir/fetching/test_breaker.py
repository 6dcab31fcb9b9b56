"""The breaker on a clock of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from service.fhir.fetching.breaker import Breaker


class _Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def _open(clock: _Clock) -> Breaker:
    breaker = Breaker(clock, failures=3, pause=5)
    for _ in range(3):
        assert breaker.admits()
        breaker.report(answered=False)
    return breaker


def test_it_opens_after_failures_in_a_row() -> None:
    assert not _open(_Clock()).admits()


def test_it_stays_closed_while_some_calls_are_answered() -> None:
    breaker = Breaker(_Clock(), failures=3, pause=5)
    for answered in (False, False, True) * 5:
        breaker.report(answered=answered)
        assert breaker.admits()


def test_it_lets_one_call_try_after_the_pause() -> None:
    clock = _Clock()
    breaker = _open(clock)
    clock.now += 4.9
    assert not breaker.admits()
    clock.now += 0.1
    assert [breaker.admits() for _ in range(3)] == [True, False, False]


def test_it_closes_when_the_try_is_answered() -> None:
    clock = _Clock()
    breaker = _open(clock)
    clock.now += 5
    assert breaker.admits()
    breaker.report(answered=True)
    assert all(breaker.admits() for _ in range(3))


def test_it_pauses_again_when_the_try_fails() -> None:
    clock = _Clock()
    breaker = _open(clock)
    clock.now += 5
    assert breaker.admits()
    clock.now += 1
    breaker.report(answered=False)
    clock.now += 4.5
    assert not breaker.admits()
    clock.now += 0.5
    assert breaker.admits()


def test_it_tries_again_when_a_try_never_reports() -> None:
    clock = _Clock()
    breaker = _open(clock)
    clock.now += 5
    assert breaker.admits()
    clock.now += 5
    assert breaker.admits()


def test_it_lets_one_of_many_threads_try() -> None:
    clock = _Clock()
    breaker = _open(clock)
    clock.now += 5
    with ThreadPoolExecutor(16) as threads:
        admitted = list(threads.map(lambda _: breaker.admits(), range(200)))
    assert admitted.count(True) == 1
