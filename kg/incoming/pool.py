"""Tasks to outcomes on several cores, few at a time, in the order they finish."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context

from kg.incoming.work import Outcome, Task, work

__all__ = ["run"]

# Starting processes costs more than a few short files.
_FEW = 8


def _ignore_interrupts() -> None:
    """Ctrl-C is for the main process, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


def run(tasks: Iterable[Task], workers: int) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its outcome, in any order; tasks are taken only as workers become free."""
    waiting = iter(tasks)
    first = list(islice(waiting, _FEW + 1)) if workers > 1 else []
    if len(first) <= _FEW:
        for task in chain(first, waiting):
            yield task, work(task)
        return
    waiting = chain(first, waiting)
    left: list[Task] = []
    while True:
        pool = _pool(workers)
        try:
            yield from _together(pool, waiting, left, workers * 4)
            return
        except BrokenProcessPool:
            for task in left:
                yield task, _alone(task)
            left.clear()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _together(
    pool: ProcessPoolExecutor, waiting: Iterator[Task], left: list[Task], at_once: int
) -> Iterator[tuple[Task, Outcome]]:
    """Outcomes as they come; ``left`` holds what has been begun and is not done."""
    pending: dict[Future[Outcome], Task] = {}
    while True:
        while len(pending) < at_once and (task := next(waiting, None)):
            left.append(task)
            pending[pool.submit(work, task)] = task
        if not pending:
            return
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            outcome = future.result()
            task = pending.pop(future)
            left.remove(task)
            yield task, outcome


def _alone(task: Task) -> Outcome:
    """A task in a process of its own, after some task has killed a worker: it may be this one."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            message = f"{task.name}: reading it killed the process, perhaps for want of memory; split the file"
            return Outcome(task.key, "bad", message)
