-- One source of truth. vectors.faiss and the encoder are made from it again when they are lost.
-- checksum: of the row's other columns but its id, since SQLite does not notice changed bytes.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- digest: of what the article says; original: of what it was extracted from.
-- AUTOINCREMENT, because plain row ids are used again, and a vector would find the wrong passage.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    published TEXT,
    url TEXT,
    header TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    text TEXT NOT NULL,
    original TEXT,
    checksum INTEGER NOT NULL
);

-- start, end: positions in articles.text, in code points; sentences: a JSON list of such pairs.
-- vector, sentence_vectors: float32, little endian, one and len(sentences) of them.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    vector BLOB NOT NULL,
    sentence_vectors BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX passages_of_article ON passages (article_id);

-- titles: a JSON list.
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    name TEXT NOT NULL,
    titles TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX speakers_of_article ON speakers (article_id);

-- start, end: of the content, or of the cue where there is none, with what stands between.
-- source, cue, content: JSON lists of pairs of positions in articles.text.
-- speaker_id: nothing where the text does not decide who it is.
CREATE TABLE attributions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    speaker_id INTEGER REFERENCES speakers (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX attributions_of_article ON attributions (article_id, start);

-- Contentless: holds the words of lexical.normalise(passage), under the passage's id.
CREATE VIRTUAL TABLE passage_words USING fts5 (
    words, content = '', tokenize = 'porter unicode61'
);
CREATE VIRTUAL TABLE word_counts USING fts5vocab ('passage_words', 'row');
