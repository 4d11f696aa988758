-- The documents of a corpus, and which shingles each has.
CREATE TABLE documents (
    n UINTEGER,             -- in the order of the input; decides nothing
    file UINTEGER,
    number UINTEGER,        -- the line or row
    id VARCHAR,
    key BLOB,               -- equal for texts of the same words; NULL for no words
    published TIMESTAMP,    -- UTC
    length UINTEGER,        -- characters
    domain VARCHAR,
    low BLOB,               -- the first shingles of the sorted sample: copies sort beside each other by it
    high BLOB,              -- and the last
    place UBIGINT,          -- in the file of texts
    size UINTEGER
);
CREATE TABLE postings (n UINTEGER, shingle UBIGINT);
CREATE TABLE shared (a UINTEGER, b UINTEGER, shingles UINTEGER);
CREATE TABLE edges (
    a UINTEGER, b UINTEGER, kind VARCHAR, share_a DOUBLE, share_b DOUBLE, conflicts_a VARCHAR[], conflicts_b VARCHAR[]
);
CREATE TABLE roots (n UINTEGER, root UINTEGER);
