from pathlib import Path

import faiss
import numpy as np
import pytest

from index.types import Vectors
from index.vectors import VectorIndex

GENERATION = "third"
DIMENSION = 4


def unit(*numbers: float) -> Vectors:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))


@pytest.fixture
def vectors() -> VectorIndex:
    """Three vectors, ever farther from the first axis, under ids far apart."""
    index = VectorIndex(DIMENSION)
    stacked = np.stack([unit(1, 0, 0, 0), unit(1, 1, 0, 0), unit(0, 1, 0, 0)])
    index.add([7, 2**40, 11], stacked)
    index.generation = GENERATION
    return index


@pytest.fixture
def saved(vectors: VectorIndex, tmp_path: Path) -> Path:
    path = tmp_path / "vectors.faiss"
    vectors.save(path)
    return path


def test_the_nearest_come_first_with_their_cosines(vectors: VectorIndex) -> None:
    found = vectors.search(unit(1, 0, 0, 0), 3)
    assert [passage_id for passage_id, _ in found] == [7, 2**40, 11]
    np.testing.assert_allclose([cosine for _, cosine in found], [1, 0.5**0.5, 0], atol=1e-6)


def test_no_more_are_found_than_asked_for_or_held(vectors: VectorIndex) -> None:
    assert len(vectors.search(unit(1, 0, 0, 0), 2)) == 2
    assert len(vectors.search(unit(1, 0, 0, 0), 50)) == 3


@pytest.mark.parametrize(
    ("among", "expected"), [([11, 2**40], [2**40, 11]), ([99], []), ([], []), ([99, 11], [11])]
)
def test_a_search_can_be_among_ids(
    vectors: VectorIndex, among: list[int], expected: list[int]
) -> None:
    found = vectors.search(unit(1, 0, 0, 0), 3, among)
    assert [passage_id for passage_id, _ in found] == expected


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex(DIMENSION)
    index.add([], np.empty((0, DIMENSION), dtype=np.float32))
    assert index.search(unit(1, 0, 0, 0), 3) == []


def test_what_is_removed_is_not_found(vectors: VectorIndex) -> None:
    vectors.remove([7, 99])
    assert vectors.ids() == {2**40, 11}
    assert [i for i, _ in vectors.search(unit(1, 0, 0, 0), 3)] == [2**40, 11]
    np.testing.assert_allclose(vectors.vector(11), unit(0, 1, 0, 0))


def test_removing_nothing_changes_nothing(vectors: VectorIndex) -> None:
    vectors.remove([])
    assert vectors.ids() == {7, 2**40, 11}


def test_what_is_saved_is_loaded(vectors: VectorIndex, saved: Path) -> None:
    loaded = VectorIndex.load(saved, GENERATION, DIMENSION)
    assert loaded.generation == GENERATION
    assert loaded.search(unit(1, 0, 0, 0), 3) == vectors.search(unit(1, 0, 0, 0), 3)
    loaded.remove([7])
    assert loaded.ids() == {2**40, 11}


def test_saving_leaves_only_the_file(vectors: VectorIndex, saved: Path) -> None:
    saved.with_name("vectors.faiss.0f.tmp").touch()  # As a process leaves it that is killed.
    vectors.save(saved)
    assert list(saved.parent.iterdir()) == [saved]


def test_saving_where_it_cannot_be_written_leaves_the_old_file(
    vectors: VectorIndex, saved: Path
) -> None:
    before = saved.read_bytes()
    with pytest.raises(OSError, match="No such file or directory"):
        vectors.save(saved.parent / "missing" / "vectors.faiss")
    assert saved.read_bytes() == before


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(
    vectors: VectorIndex, tmp_path: Path
) -> None:
    path = tmp_path / "vectors.faiss"
    path.mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        vectors.save(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_another_generation_is_not_loaded(saved: Path) -> None:
    loaded = VectorIndex.load(saved, "of another store", DIMENSION)
    assert (loaded.generation, loaded.ids()) == (None, set())


def test_a_change_of_any_byte_is_noticed(saved: Path) -> None:
    content = saved.read_bytes()
    for position in range(len(content)):
        changed = bytearray(content)
        changed[position] ^= 0xFF
        saved.write_bytes(changed)
        loaded = VectorIndex.load(saved, GENERATION, DIMENSION)
        assert loaded.generation is None  # So that it is compared with the store, and made again.


@pytest.mark.parametrize("kept", [0, 10, 84, 100, -1])
def test_a_torn_file_is_noticed(saved: Path, kept: int) -> None:
    saved.write_bytes(saved.read_bytes()[:kept])
    assert VectorIndex.load(saved, GENERATION, DIMENSION).ids() == set()


def test_a_missing_file_is_an_empty_index(tmp_path: Path) -> None:
    assert VectorIndex.load(tmp_path / "vectors.faiss", GENERATION, DIMENSION).ids() == set()


def test_a_folder_in_the_files_place_is_an_empty_index(tmp_path: Path) -> None:
    assert VectorIndex.load(tmp_path, GENERATION, DIMENSION).ids() == set()


def test_a_search_leaves_the_threads_of_faiss_as_they_were(vectors: VectorIndex) -> None:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(before + 3)
    try:
        vectors.search(unit(1, 0, 0, 0), 3)
        assert faiss.omp_get_max_threads() == before + 3
    finally:
        faiss.omp_set_num_threads(before)
