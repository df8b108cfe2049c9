"""The network, loaded once."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
import torch

from qa.reading.network import ReaderNetwork


@pytest.fixture(scope="package", autouse=True)
def one_thread() -> Iterator[None]:
    """Batches are tiny here: on a busy machine, threads wait for each other for seconds."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def packaged_network() -> ReaderNetwork:
    """The untrained network. Read it only."""
    torch.manual_seed(5)
    return ReaderNetwork()


@pytest.fixture
def network(packaged_network: ReaderNetwork) -> ReaderNetwork:
    """The untrained network, to be trained."""
    return deepcopy(packaged_network)
