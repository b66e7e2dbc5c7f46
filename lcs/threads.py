"""Run independent tasks on a few threads, one private state per thread.

BLAS is held to one thread meanwhile: the tasks themselves are the parallelism, and a block
product computed by one thread has the same bits whichever thread that is.
"""

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import TypeVar

import numpy as np
from threadpoolctl import LibController, ThreadpoolController

Task = TypeVar("Task")
State = TypeVar("State")
Progress = Callable[[int, int], None]


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


def one_blas_thread() -> AbstractContextManager[None]:
    """Hold BLAS to one thread: its sums then have the same bits whatever it was given."""
    given = [(library, library.get_num_threads()) for library in _blas().lib_controllers]
    many = [(library, threads) for library, threads in given if threads != 1]
    return _held(many) if many else nullcontext()  # a short decision would feel the former


@contextmanager
def _held(many: list[tuple[LibController, int]]) -> Iterator[None]:
    for library, _ in many:
        library.set_num_threads(1)
    try:
        yield
    finally:
        for library, threads in many:
            library.set_num_threads(threads)


def thread_count(threads: int | None) -> int:
    """The number of threads to use: as asked, or as many as BLAS has been given.

    Raises ValueError unless threads is None or an integer >= 1.
    """
    if threads is None:
        return max((pool["num_threads"] for pool in _blas().info()), default=1)
    if not isinstance(threads, int | np.integer) or isinstance(threads, bool) or threads < 1:
        raise ValueError(f"threads must be None or an integer >= 1; got {threads!r}")
    return int(threads)


def run_tasks(
    tasks: Sequence[Task],
    new_state: Callable[[], State],
    work: Callable[[State, Task], None],
    *,
    threads: int,
    progress: Progress | None = None,
) -> list[State]:
    """Do work(state, task) for every task and return the states of all threads.

    The first exception, an interrupt included, stops every thread after its present task.
    """
    todo = iter(tasks)
    done = itertools.count(1)
    lock = threading.Lock()
    stop = threading.Event()
    errors: list[BaseException] = []
    states: list[State] = []

    def drain() -> None:
        try:
            state = new_state()
            with lock:
                states.append(state)
            while not stop.is_set():
                with lock:
                    task = next(todo, None)
                if task is None:
                    return
                work(state, task)
                if progress is not None:
                    with lock:
                        progress(next(done), len(tasks))
        except BaseException as error:  # handed to the caller below
            errors.append(error)
            stop.set()

    helpers = [
        threading.Thread(target=drain, daemon=True) for _ in range(min(threads, len(tasks)) - 1)
    ]
    with one_blas_thread():
        try:
            for helper in helpers:
                helper.start()
            drain()
        except BaseException:
            stop.set()
            raise
        finally:
            for helper in helpers:
                helper.join()
    if errors:
        raise errors[0]
    return states
