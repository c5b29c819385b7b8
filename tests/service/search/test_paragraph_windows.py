from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.search.paragraph_windows import ParagraphWindows

EAST = np.array([1.0, 0.0], np.float32)


def windows_of(owned: dict[int, list[float]]) -> ParagraphWindows:
    """By paragraph key, the cosines of its windows; their keys run on."""
    rows = [(key, cosine) for key in sorted(owned) for cosine in owned[key]]
    cosines = {at + 100: cosine for at, (_, cosine) in enumerate(rows)}
    catalogue = SimpleNamespace(owners=lambda: [(at + 100, key) for at, (key, _) in enumerate(rows)])
    store = SimpleNamespace(cosines=lambda vector, keys: np.array([cosines[int(k)] for k in keys], np.float32))
    return ParagraphWindows(catalogue, store)


def test_the_best_and_the_second_best_window_of_each():
    windows = windows_of({1: [0.5], 4: [0.25, 0.75, 0.5], 9: [-0.5, -0.25]})

    best, second = windows.cosines(EAST, np.array([1, 4, 7, 9]))

    assert best.tolist() == [0.5, 0.75, 0.0, -0.25]
    assert second.tolist() == [0.5, 0.5, 0.0, -0.5]


def test_whose_windows_are_whose():
    windows = windows_of({1: [0.5], 4: [0.25, 0.75], 9: [0.1]})

    assert windows.owners(np.array([103, 100, 102, 101])).tolist() == [9, 1, 4, 4]
    assert windows.ranges([range(1, 5)]) == (range(100, 103),)
    assert windows.ranges([range(1, 2), range(9, 20)]) == (range(100, 101), range(103, 104))
    assert windows.ranges([range(5, 9)]) == ()
    assert windows.ranges([]) == ()


def test_an_index_without_windows():
    windows = windows_of({})

    best, second = windows.cosines(EAST, np.array([3]))
    assert best.tolist() == second.tolist() == [0.0]
    assert windows.ranges([range(9)]) == ()
    assert windows.owners(np.array([], np.int64)).tolist() == []


@given(st.dictionaries(st.integers(0, 30), st.lists(st.sampled_from([-0.5, 0.0, 0.25, 0.5]), min_size=1, max_size=4)))
def test_as_counted_one_by_one(owned):
    best, second = windows_of(owned).cosines(EAST, np.array(sorted(owned), np.int64))

    ranked = [sorted(owned[key], reverse=True) for key in sorted(owned)]
    assert best.tolist() == [one[0] for one in ranked]
    assert second.tolist() == [one[1] if len(one) > 1 else one[0] for one in ranked]


def test_the_windows_of_each_by_nearness():
    windows = windows_of({1: [0.5], 4: [0.25, 0.75, 0.5], 9: [-0.5, -0.25]})

    assert windows.by_nearness(EAST, np.array([4, 1, 7, 9])) == [[102, 103, 101], [100], [], [105, 104]]
