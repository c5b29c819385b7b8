-- The catalogue of one generation. Keys are integers: a report's paragraphs and windows lie side by side,
-- so that any choice of reports or sections is a few ranges of keys.
CREATE TABLE reports (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL UNIQUE,
    profile TEXT NOT NULL,
    metadata TEXT NOT NULL,
    notices TEXT NOT NULL
);
CREATE TABLE sections (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    level INTEGER NOT NULL,
    score INTEGER,
    judgement TEXT,
    rated INTEGER NOT NULL,
    UNIQUE (report, id)
);
CREATE TABLE paragraphs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    section INTEGER NOT NULL REFERENCES sections ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    page INTEGER,
    label TEXT,
    columns TEXT NOT NULL
);
CREATE INDEX paragraphs_of_section ON paragraphs (section);
CREATE INDEX paragraphs_of_report ON paragraphs (report);
CREATE TABLE windows (
    key INTEGER PRIMARY KEY,
    paragraph INTEGER NOT NULL REFERENCES paragraphs ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    context TEXT NOT NULL,
    digest BLOB NOT NULL
);
CREATE INDEX windows_of_paragraph ON windows (paragraph);
CREATE INDEX windows_by_digest ON windows (digest);
CREATE TABLE ratings (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    section INTEGER REFERENCES sections ON DELETE CASCADE,
    name TEXT NOT NULL,
    score INTEGER,
    judgement TEXT,
    percent INTEGER,
    paragraph INTEGER NOT NULL REFERENCES paragraphs ON DELETE CASCADE
);
CREATE INDEX ratings_of_report ON ratings (report);
-- What the service must know of each family of reports, among it the subjects that exist.
CREATE TABLE profiles (name TEXT PRIMARY KEY, description TEXT NOT NULL);
