import pytest

from index.closing import ClosedAfterUse


class Door(ClosedAfterUse):
    is_open = True

    def close(self) -> None:
        self.is_open = False


def test_it_is_closed_at_the_end_of_its_block() -> None:
    with Door() as door:
        assert door.is_open
    assert not door.is_open


def test_an_error_closes_it_and_goes_on() -> None:
    door = Door()
    with pytest.raises(KeyError), door:
        raise KeyError
    assert not door.is_open
