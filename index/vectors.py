"""The FAISS file: derived from the vectors in SQLite, made again from them whenever in doubt."""

import hashlib
import os
import struct
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import faiss
import numpy as np

from index.types import Vectors

_MAGIC = b"article-qa vectors 1\n"
_HEADER = struct.Struct(f"<{len(_MAGIC)}s32s32s")
_DIGEST_SIZE = 32


class VectorIndex:
    """Exact search by inner product over normalised vectors, by passage id.

    Attributes:
        dimension: Of its vectors.
        generation: Names the store's contents that it holds; None where it holds nothing yet.
    """

    def __init__(self, dimension: int) -> None:
        """Makes an empty one, for vectors of this dimension."""
        self.dimension = dimension
        self.generation: str | None = None
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def ids(self) -> set[int]:
        """Returns the ids that it holds."""
        return set(faiss.vector_to_array(self._index.id_map).tolist())

    def vector(self, passage_id: int) -> Vectors:
        """Returns one vector, shape (dimension,)."""
        vector: Vectors = self._index.reconstruct(passage_id)
        return vector

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Adds vectors under ids that it does not hold."""
        if ids:
            self._index.add_with_ids(vectors, np.array(ids, dtype=np.int64))

    def remove(self, ids: Iterable[int]) -> None:
        """Removes vectors by id."""
        if gone := sorted(ids):
            self._index.remove_ids(np.array(gone, dtype=np.int64))

    def search(
        self, vector: Vectors, k: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Returns the nearest ids with their cosines, best first, ``among`` these ids alone."""
        k = min(k, self._index.ntotal)
        if k == 0 or (among is not None and not among):
            return []
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(np.array(among, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)
        with _single_threaded():
            cosines, ids = self._index.search(vector.reshape(1, -1), k, params=parameters)
        found = zip(ids[0].tolist(), cosines[0].tolist(), strict=True)
        return [(passage_id, cosine) for passage_id, cosine in found if passage_id >= 0]

    def save(self, path: Path) -> None:
        """Replaces the file by this index, all or nothing.

        Raises:
            OSError: It cannot be written.
        """
        payload = faiss.serialize_index(self._index).tobytes()
        generation = str(self.generation).encode()
        header = _HEADER.pack(_MAGIC, _digest(generation), _digest(payload))
        for left_by_a_killed_process in path.parent.glob(f"{path.name}.*.tmp"):
            left_by_a_killed_process.unlink(missing_ok=True)
        scratch = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
        try:
            with scratch.open("wb") as file:
                file.write(header + payload)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, generation: str, dimension: int) -> Self:
        """Reads the file; an empty index where it is missing, torn or of another generation.

        FAISS itself loads noise in the middle of a file without complaint, so nothing is
        parsed before its digest was compared.
        """
        loaded = cls(dimension)
        try:
            with path.open("rb") as file:
                written = _HEADER.unpack(file.read(_HEADER.size))
                of_payload = hashlib.file_digest(file, _new_digest).digest()
                if written == (_MAGIC, _digest(generation.encode()), of_payload):
                    # Read piece by piece: a copy of it all would stay in the process's memory.
                    file.seek(_HEADER.size)
                    loaded._index = faiss.read_index(faiss.PyCallbackIOReader(file.read))
                    loaded.generation = generation
        except (OSError, struct.error):
            return cls(dimension)
        return loaded


@contextmanager
def _single_threaded() -> Iterator[None]:
    """Keeps FAISS to the calling thread, for as long as the search of one vector takes.

    It searches one vector in one thread in any case. The others have only the ids to copy, and wait
    for cores on which the threads of ONNX Runtime still spin: milliseconds, for microseconds' work.
    """
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _digest(content: bytes) -> bytes:
    digest = _new_digest()
    digest.update(content)
    return digest.digest()


def _new_digest() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_DIGEST_SIZE)
