"""The field's tools for near-duplicates, called as their documentation has it, over a range of thresholds."""

from collections.abc import Callable, Sequence
from itertools import combinations

import xxhash
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH
from trafilatura.deduplication import Simhash

from articles.words import words_of
from benchmarks.copies.labelled import Edge

PERMUTATIONS = 128
BANDS = 32
BITS = 64

Similarities = dict[Edge, float]
"""Of pairs that a tool proposes; what is left out is not alike."""


def shingled(text: str) -> list[str]:
    """Word 3-grams, as ours has them."""
    words = words_of(text).folded
    return [" ".join(words[n : n + 3]) for n in range(max(1, len(words) - 2))]


def by_datasketch(texts: Sequence[str]) -> Similarities:
    """MinHash of 128 permutations, LSH of 32 bands."""
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    hashes = []
    found: Similarities = {}
    for number, text in enumerate(texts):
        one = MinHash(num_perm=PERMUTATIONS)
        one.update_batch([shingle.encode() for shingle in shingled(text)])
        for other in index.query(one):
            found[int(other), number] = one.jaccard(hashes[int(other)])
        index.insert(str(number), one)
        hashes.append(one)
    return found


def by_rensa(texts: Sequence[str]) -> Similarities:
    """The same in Rust."""
    index = RMinHashLSH(0.1, PERMUTATIONS, BANDS)
    hashes = []
    found: Similarities = {}
    for number, text in enumerate(texts):
        one = RMinHash(PERMUTATIONS, 42)
        one.update(shingled(text))
        for other in index.query(one):
            found[other, number] = one.jaccard(hashes[other])
        index.insert(number, one)
        hashes.append(one)
    return found


def by_simhash(texts: Sequence[str]) -> Similarities:
    """Charikar's, of 64 bits over word 3-grams; every pair is looked at."""
    prints = []
    for text in texts:
        weights = [0] * BITS
        for shingle in shingled(text):
            value = xxhash.xxh3_64_intdigest(shingle.encode())
            for bit in range(BITS):
                weights[bit] += 1 if value >> bit & 1 else -1
        prints.append(sum(1 << bit for bit, weight in enumerate(weights) if weight > 0))
    return {
        (a, b): alike
        for a, b in combinations(range(len(prints)), 2)
        if (alike := 1 - (prints[a] ^ prints[b]).bit_count() / BITS) >= 0.5
    }


def by_trafilatura(texts: Sequence[str]) -> Similarities:
    """Its content fingerprint; every pair is looked at."""
    prints = [Simhash(text) for text in texts]
    return {
        (a, b): alike
        for a, b in combinations(range(len(prints)), 2)
        if (alike := prints[a].similarity(prints[b])) >= 0.5
    }


PEERS: dict[str, Callable[[Sequence[str]], Similarities]] = {
    "datasketch MinHash-LSH": by_datasketch,
    "rensa MinHash-LSH": by_rensa,
    "simhash": by_simhash,
    "trafilatura.deduplication": by_trafilatura,
}
THRESHOLDS = [n / 40 for n in range(4, 40)]
