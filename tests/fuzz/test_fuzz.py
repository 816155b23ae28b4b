"""A few hundred mutations of each target on every run; `make fuzz` goes on for as long as one likes."""

from itertools import islice

import pytest

from tests.fuzz.blind import mutations
from tests.fuzz.seeds import make_seeds
from tests.fuzz.targets import TARGETS

EXECUTIONS = 300


@pytest.mark.parametrize("name", TARGETS)
def test_no_mutation_breaks_a_reader(name: str) -> None:
    target = TARGETS[name]
    for data in islice(mutations(target, seed=1), EXECUTIONS):
        try:
            target.check(data)
        except Exception as error:
            error.add_note(f"the input: {data!r}")
            raise


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_starts_from_seeds_that_it_can_take_whole(name: str) -> None:
    target = TARGETS[name]
    fitting = [seed for seed in make_seeds(target.seeds) if len(seed) <= target.longest]
    assert len(fitting) > 10
