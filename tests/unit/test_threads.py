"""Tasks on threads: each done once, exceptions and interrupts handed on, BLAS put back."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from lcs.threads import run_tasks, thread_count

REPOSITORY = Path(__file__).parents[2]
SECONDS = 20.0  # only there to fail instead of hanging
THREADS = (1, 2, 5)


def blas_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def nothing(_: object, __: object) -> None:
    """Do no work."""


# --- the work -----------------------------------------------------------------------------------


@settings(max_examples=25)
@given(tasks=st.lists(st.integers()), threads=st.integers(1, 6))
def test_every_task_is_done_once_and_all_states_come_back(tasks, threads):
    states = run_tasks(tasks, list, lambda state, task: state.append(task), threads=threads)
    assert Counter(task for state in states for task in state) == Counter(tasks)
    assert 1 <= len(states) <= max(1, min(threads, len(tasks)))


def test_a_state_belongs_to_one_thread_and_all_threads_work():
    """Three tasks that each wait for the other two need three threads."""
    together = threading.Barrier(3, timeout=SECONDS)

    def work(state: set[int], _: int) -> None:
        together.wait()
        state.add(threading.get_ident())

    states = run_tasks(range(30), set, work, threads=3)
    assert [len(state) for state in states] == [1, 1, 1]
    assert len(set.union(*states)) == 3


@pytest.mark.parametrize("threads", THREADS)
def test_progress_counts_to_the_total(threads):
    seen: list[tuple[int, int]] = []
    run_tasks(
        range(40), list, nothing, threads=threads, progress=lambda *counts: seen.append(counts)
    )
    assert seen == [(done, 40) for done in range(1, 41)]


# --- exceptions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError("boom"), KeyboardInterrupt()])
@pytest.mark.parametrize("raiser", ["caller", "helper"])
def test_an_exception_is_raised_again_and_the_others_stop(error, raiser):
    """All three threads are inside a task when one raises; none of 1000 others is then begun."""
    inside = threading.Barrier(3, timeout=SECONDS)
    raised, begun = threading.Event(), []
    chosen = threading.Lock()

    def work(_: object, task: int) -> None:
        begun.append(task)
        inside.wait()
        on_main = threading.current_thread() is threading.main_thread()
        if on_main == (raiser == "caller") and chosen.acquire(blocking=False):
            raised.set()
            raise error
        raised.wait(SECONDS)
        time.sleep(0.3)  # the raiser needs microseconds to say stop

    before = threading.active_count()
    with pytest.raises(type(error)) as caught:
        run_tasks(range(1000), list, work, threads=3)
    assert caught.value is error
    assert sorted(begun) == [0, 1, 2]
    assert threading.active_count() == before, "no thread is left behind"


def test_of_two_exceptions_the_first_is_raised():
    inside, first = threading.Barrier(2, timeout=SECONDS), threading.Event()

    def work(_: object, task: int) -> None:
        inside.wait()
        if task == 0:
            first.set()
            raise ValueError("first")
        first.wait(SECONDS)
        time.sleep(0.2)
        raise TypeError("second")

    with pytest.raises(ValueError, match="first"):
        run_tasks(range(2), list, work, threads=2)


@pytest.mark.parametrize("threads", THREADS)
@pytest.mark.parametrize("place", ["new_state", "progress"])
def test_exceptions_outside_the_work_are_raised_too(threads, place):
    def boom(*_: object) -> Any:
        raise ZeroDivisionError(place)

    new_state, progress = (boom, None) if place == "new_state" else (list, boom)
    with pytest.raises(ZeroDivisionError, match=place):
        run_tasks(range(9), new_state, nothing, threads=threads, progress=progress)


# --- how many threads ---------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [0, -1, True, False, 1.0, 2.5, "2", (1,), float("nan")])
def test_other_thread_counts_are_rejected_with_the_rule(threads):
    with pytest.raises(ValueError, match="threads must be None or an integer >= 1; got") as error:
        thread_count(threads)
    assert repr(threads) in str(error.value)


@pytest.mark.parametrize("threads", [1, 7, np.int64(3)])
def test_an_integer_is_taken_as_asked(threads):
    """Of NumPy's kind too, as for k and d."""
    assert thread_count(threads) == threads


def test_none_is_as_many_as_blas_has():
    for limit in (1, 2):
        with threadpool_limits(limit, user_api="blas"):
            assert thread_count(None) == max(blas_threads()) == limit


@pytest.mark.parametrize("fails", [False, True])
def test_blas_is_held_to_one_thread_and_put_back(fails):
    seen: list[set[int]] = []

    def work(_: object, task: int) -> None:
        seen.append(blas_threads())
        if fails:
            raise ValueError

    with threadpool_limits(2, user_api="blas"):
        assert blas_threads() == {2}
        try:
            run_tasks(range(3), list, work, threads=2)
        except ValueError:
            assert fails
        assert blas_threads() == {2}
    assert seen
    assert all(inside == {1} for inside in seen)


# --- a real interrupt ---------------------------------------------------------------------------

# Each alone takes over a minute on two cores: 2 d m^2/2 = 2.6e12 operations, or as many heaps.
LONG = {
    "worst_case_error": "worst_case_error(A, k=4, threads=2)",
    "error_profile": "error_profile(A, ks=[1, 4], ds=[32, 64, 128, 256], threads=2)",
}


@pytest.mark.parametrize("call", LONG)
def test_an_interrupt_ends_a_long_computation_within_seconds(call):
    code = f"""
import threading, time
import numpy as np
from lcs.linear.error import worst_case_error
from lcs.linear.profile import error_profile
A = np.random.default_rng(0).standard_normal((256, 100_000), dtype=np.float32)
A /= np.linalg.norm(A, axis=0)
small = A[:8, :600]
worst_case_error(small, k=1, threads=2)  # kernels are compiled by now
error_profile(small, ks=[1], ds=[4, 8])
def tell():
    while threading.active_count() < 3:  # this one, the caller, and a helper that is at work
        time.sleep(0.01)
    time.sleep(0.3)
    print("working", flush=True)
threading.Thread(target=tell, daemon=True).start()
{LONG[call]}
print("finished", flush=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "working\n"
            process.send_signal(signal.SIGINT)
            sent = time.monotonic()
            out, err = process.communicate(timeout=SECONDS)
            took = time.monotonic() - sent
        finally:
            process.kill()
    assert out == ""
    assert process.returncode == -signal.SIGINT
    assert err.strip().endswith("KeyboardInterrupt")
    assert took < 5
