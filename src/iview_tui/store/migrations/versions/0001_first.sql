CREATE TABLE organization (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    UNIQUE (name_key)
);

CREATE TABLE guide (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    kept_at TEXT,
    title TEXT NOT NULL,
    purpose TEXT,
    opening_minutes FLOAT,
    opening TEXT DEFAULT '[]' NOT NULL,
    close TEXT DEFAULT '[]' NOT NULL,
    kept TEXT DEFAULT '[]' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uuid)
);

CREATE TABLE "plan" (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    left_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (uuid)
);

CREATE TABLE accord (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    at TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    other TEXT NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uuid)
);

CREATE TABLE contact (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    organization_id INTEGER,
    role TEXT,
    emails TEXT DEFAULT '[]' NOT NULL,
    phones TEXT DEFAULT '[]' NOT NULL,
    via TEXT,
    said TEXT,
    pronouns TEXT,
    linkedin TEXT,
    time_zone TEXT,
    source TEXT,
    background TEXT,
    tags TEXT DEFAULT '[]' NOT NULL,
    added_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(organization_id) REFERENCES organization (id) ON DELETE SET NULL
);

CREATE INDEX ix_contact_name_key ON contact (name_key);

CREATE INDEX ix_contact_organization_id ON contact (organization_id);

CREATE TABLE guide_topic (
    id INTEGER NOT NULL,
    guide_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    section TEXT DEFAULT '' NOT NULL,
    priority TEXT NOT NULL,
    minutes FLOAT NOT NULL,
    "key" TEXT,
    probes TEXT DEFAULT '[]' NOT NULL,
    background TEXT DEFAULT '[]' NOT NULL,
    keywords TEXT DEFAULT '[]' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (guide_id, number),
    FOREIGN KEY(guide_id) REFERENCES guide (id) ON DELETE CASCADE
);

CREATE INDEX ix_guide_topic_guide_id ON guide_topic (guide_id);

CREATE TABLE interview (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    contact_id INTEGER,
    guide_title TEXT NOT NULL,
    guide_purpose TEXT,
    guide_opening_minutes FLOAT,
    guide_opening TEXT DEFAULT '[]' NOT NULL,
    guide_close TEXT DEFAULT '[]' NOT NULL,
    guide_kept TEXT DEFAULT '[]' NOT NULL,
    purpose TEXT,
    agreed_minutes INTEGER NOT NULL,
    planned_at TEXT,
    connected_at TEXT,
    time_zone TEXT NOT NULL,
    origin TEXT NOT NULL,
    boot_id TEXT,
    boot_at_connect FLOAT,
    medium TEXT,
    who_calls TEXT,
    place TEXT,
    asked TEXT,
    invitation TEXT,
    invitation_sequence INTEGER,
    cancelled_at TEXT,
    learn TEXT,
    goals TEXT DEFAULT '[]' NOT NULL,
    brief TEXT,
    folded INTEGER,
    figures TEXT,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE SET NULL
);

CREATE INDEX ix_interview_contact_id ON interview (contact_id);

CREATE INDEX interview_planned_at ON interview (planned_at);

CREATE INDEX ix_interview_connected_at ON interview (connected_at);

CREATE INDEX ix_interview_invitation ON interview (invitation);

CREATE TABLE interview_topic (
    id INTEGER NOT NULL,
    interview_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    section TEXT DEFAULT '' NOT NULL,
    priority TEXT NOT NULL,
    minutes FLOAT NOT NULL,
    "key" TEXT,
    probes TEXT DEFAULT '[]' NOT NULL,
    background TEXT DEFAULT '[]' NOT NULL,
    keywords TEXT DEFAULT '[]' NOT NULL,
    state TEXT,
    seconds INTEGER,
    unprompted BOOLEAN,
    PRIMARY KEY (id),
    UNIQUE (interview_id, number),
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);

CREATE INDEX ix_interview_topic_interview_id ON interview_topic (interview_id);

CREATE TABLE entry (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    interview_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entered INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    text TEXT NOT NULL,
    comment TEXT,
    topic INTEGER,
    about TEXT,
    value TEXT DEFAULT '{}' NOT NULL,
    caption TEXT,
    starred BOOLEAN DEFAULT 0 NOT NULL,
    private BOOLEAN DEFAULT 0 NOT NULL,
    retracted BOOLEAN DEFAULT 0 NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);

CREATE INDEX ix_entry_interview_id ON entry (interview_id);

CREATE INDEX entry_changing ON entry (interview_id) WHERE kind IN ('undo', 'redo', 'revision', 'file', 'fix', 'star', 'private', 'public');

CREATE TABLE half_line (
    interview_id INTEGER NOT NULL,
    text TEXT,
    private BOOLEAN DEFAULT 0 NOT NULL,
    sequence INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (interview_id),
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);

CREATE TABLE draft (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    contact_id INTEGER,
    interview_id INTEGER,
    kind TEXT NOT NULL,
    recipient TEXT,
    subject TEXT,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    sent_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE SET NULL,
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL
);

CREATE INDEX ix_draft_interview_id ON draft (interview_id);

CREATE INDEX ix_draft_contact_id ON draft (contact_id);

CREATE TABLE referral (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    interview_id INTEGER NOT NULL,
    contact_id INTEGER,
    entry TEXT NOT NULL,
    name TEXT NOT NULL,
    organization TEXT,
    reach TEXT,
    sure BOOLEAN DEFAULT 0 NOT NULL,
    may_use_name TEXT,
    check_in TEXT,
    spelling_checked BOOLEAN,
    private BOOLEAN DEFAULT 0 NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
    FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE SET NULL
);

CREATE INDEX ix_referral_contact_id ON referral (contact_id);

CREATE INDEX ix_referral_interview_id ON referral (interview_id);

CREATE TABLE outreach (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    contact_id INTEGER NOT NULL,
    interview_id INTEGER,
    at TEXT NOT NULL,
    channel TEXT,
    sent TEXT,
    outcome TEXT,
    text TEXT DEFAULT '' NOT NULL,
    next TEXT,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE,
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL
);

CREATE INDEX ix_outreach_interview_id ON outreach (interview_id);

CREATE INDEX ix_outreach_contact_id ON outreach (contact_id);

CREATE TABLE follow_up (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    contact_id INTEGER,
    interview_id INTEGER,
    entry TEXT,
    what TEXT NOT NULL,
    due TEXT,
    done_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE SET NULL,
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL
);

CREATE INDEX ix_follow_up_interview_id ON follow_up (interview_id);

CREATE INDEX ix_follow_up_contact_id ON follow_up (contact_id);

CREATE TABLE reflection (
    id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    interview_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    question TEXT NOT NULL,
    about TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uuid),
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);

CREATE INDEX ix_reflection_interview_id ON reflection (interview_id);

CREATE TABLE spoken (
    id INTEGER NOT NULL,
    interview_id INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    speaker TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);

CREATE INDEX ix_spoken_interview_id ON spoken (interview_id);

CREATE VIRTUAL TABLE search USING fts5(words, kind, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4 5 6 7');

CREATE TRIGGER entry_indexed AFTER INSERT ON entry WHEN new.kind IN ('note', 'quote', 'referral', 'organization', 'promise_theirs', 'promise_mine', 'jargon', 'opportunity', 'later', 'parked', 'moment', 'join', 'revision', 'file', 'fix') BEGIN INSERT INTO search (rowid, words, kind) VALUES (0 + new.id, new.text || ' ' || coalesce(new.comment, '') || ' ' || coalesce(json_extract(new.value, '$.name'), '') || ' ' || coalesce(json_extract(new.value, '$.organization'), '') || ' ' || coalesce(json_extract(new.value, '$.contact'), ''), coalesce(json_extract(new.value, '$.kind'), new.kind)); END;

CREATE TRIGGER entry_unindexed AFTER DELETE ON entry BEGIN DELETE FROM search WHERE rowid = 0 + old.id; END;

CREATE TRIGGER interview_indexed AFTER INSERT ON interview BEGIN INSERT INTO search (rowid, words, kind) VALUES (1099511627776 + new.id, coalesce(new.purpose, '') || ' ' || coalesce(new.learn, '') || ' ' || coalesce(new.brief, '') || ' ' || coalesce(new.asked, ''), 'interview'); END;

CREATE TRIGGER interview_unindexed AFTER DELETE ON interview BEGIN DELETE FROM search WHERE rowid = 1099511627776 + old.id; END;

CREATE TRIGGER interview_reindexed AFTER UPDATE ON interview BEGIN DELETE FROM search WHERE rowid = 1099511627776 + old.id; INSERT INTO search (rowid, words, kind) VALUES (1099511627776 + new.id, coalesce(new.purpose, '') || ' ' || coalesce(new.learn, '') || ' ' || coalesce(new.brief, '') || ' ' || coalesce(new.asked, ''), 'interview'); END;

CREATE TRIGGER guide_topic_indexed AFTER INSERT ON guide_topic BEGIN INSERT INTO search (rowid, words, kind) VALUES (2199023255552 + new.id, new.title || ' ' || new.question || ' ' || new.probes, 'guide_topic'); END;

CREATE TRIGGER guide_topic_unindexed AFTER DELETE ON guide_topic BEGIN DELETE FROM search WHERE rowid = 2199023255552 + old.id; END;

CREATE TRIGGER guide_topic_reindexed AFTER UPDATE ON guide_topic BEGIN DELETE FROM search WHERE rowid = 2199023255552 + old.id; INSERT INTO search (rowid, words, kind) VALUES (2199023255552 + new.id, new.title || ' ' || new.question || ' ' || new.probes, 'guide_topic'); END;

CREATE TRIGGER plan_indexed AFTER INSERT ON plan BEGIN INSERT INTO search (rowid, words, kind) VALUES (3298534883328 + new.id, new.text, 'plan'); END;

CREATE TRIGGER plan_unindexed AFTER DELETE ON plan BEGIN DELETE FROM search WHERE rowid = 3298534883328 + old.id; END;

CREATE TRIGGER plan_reindexed AFTER UPDATE ON plan BEGIN DELETE FROM search WHERE rowid = 3298534883328 + old.id; INSERT INTO search (rowid, words, kind) VALUES (3298534883328 + new.id, new.text, 'plan'); END;

CREATE TRIGGER accord_indexed AFTER INSERT ON accord BEGIN INSERT INTO search (rowid, words, kind) VALUES (4398046511104 + new.id, new.text, 'accord'); END;

CREATE TRIGGER accord_unindexed AFTER DELETE ON accord BEGIN DELETE FROM search WHERE rowid = 4398046511104 + old.id; END;

CREATE TRIGGER accord_reindexed AFTER UPDATE ON accord BEGIN DELETE FROM search WHERE rowid = 4398046511104 + old.id; INSERT INTO search (rowid, words, kind) VALUES (4398046511104 + new.id, new.text, 'accord'); END;

CREATE TRIGGER reflection_indexed AFTER INSERT ON reflection BEGIN INSERT INTO search (rowid, words, kind) VALUES (5497558138880 + new.id, new.text, 'reflection'); END;

CREATE TRIGGER reflection_unindexed AFTER DELETE ON reflection BEGIN DELETE FROM search WHERE rowid = 5497558138880 + old.id; END;

CREATE TRIGGER reflection_reindexed AFTER UPDATE ON reflection BEGIN DELETE FROM search WHERE rowid = 5497558138880 + old.id; INSERT INTO search (rowid, words, kind) VALUES (5497558138880 + new.id, new.text, 'reflection'); END;

CREATE TRIGGER follow_up_indexed AFTER INSERT ON follow_up BEGIN INSERT INTO search (rowid, words, kind) VALUES (6597069766656 + new.id, new.what, 'follow_up'); END;

CREATE TRIGGER follow_up_unindexed AFTER DELETE ON follow_up BEGIN DELETE FROM search WHERE rowid = 6597069766656 + old.id; END;

CREATE TRIGGER follow_up_reindexed AFTER UPDATE ON follow_up BEGIN DELETE FROM search WHERE rowid = 6597069766656 + old.id; INSERT INTO search (rowid, words, kind) VALUES (6597069766656 + new.id, new.what, 'follow_up'); END;

CREATE TRIGGER outreach_indexed AFTER INSERT ON outreach BEGIN INSERT INTO search (rowid, words, kind) VALUES (7696581394432 + new.id, new.text, 'outreach'); END;

CREATE TRIGGER outreach_unindexed AFTER DELETE ON outreach BEGIN DELETE FROM search WHERE rowid = 7696581394432 + old.id; END;

CREATE TRIGGER outreach_reindexed AFTER UPDATE ON outreach BEGIN DELETE FROM search WHERE rowid = 7696581394432 + old.id; INSERT INTO search (rowid, words, kind) VALUES (7696581394432 + new.id, new.text, 'outreach'); END;

CREATE TRIGGER draft_indexed AFTER INSERT ON draft BEGIN INSERT INTO search (rowid, words, kind) VALUES (8796093022208 + new.id, coalesce(new.subject, '') || ' ' || new.body, 'draft'); END;

CREATE TRIGGER draft_unindexed AFTER DELETE ON draft BEGIN DELETE FROM search WHERE rowid = 8796093022208 + old.id; END;

CREATE TRIGGER draft_reindexed AFTER UPDATE ON draft BEGIN DELETE FROM search WHERE rowid = 8796093022208 + old.id; INSERT INTO search (rowid, words, kind) VALUES (8796093022208 + new.id, coalesce(new.subject, '') || ' ' || new.body, 'draft'); END;

CREATE TRIGGER organization_indexed AFTER INSERT ON organization BEGIN INSERT INTO search (rowid, words, kind) VALUES (9895604649984 + new.id, new.name, 'organization'); END;

CREATE TRIGGER organization_unindexed AFTER DELETE ON organization BEGIN DELETE FROM search WHERE rowid = 9895604649984 + old.id; END;

CREATE TRIGGER organization_reindexed AFTER UPDATE ON organization BEGIN DELETE FROM search WHERE rowid = 9895604649984 + old.id; INSERT INTO search (rowid, words, kind) VALUES (9895604649984 + new.id, new.name, 'organization'); END;

CREATE TRIGGER contact_indexed AFTER INSERT ON contact BEGIN INSERT INTO search (rowid, words, kind) VALUES (10995116277760 + new.id, new.name || ' ' || coalesce(new.role, '') || ' ' || coalesce(new.via, '') || ' ' || coalesce(new.background, '') || ' ' || new.tags, 'contact'); END;

CREATE TRIGGER contact_unindexed AFTER DELETE ON contact BEGIN DELETE FROM search WHERE rowid = 10995116277760 + old.id; END;

CREATE TRIGGER contact_reindexed AFTER UPDATE ON contact BEGIN DELETE FROM search WHERE rowid = 10995116277760 + old.id; INSERT INTO search (rowid, words, kind) VALUES (10995116277760 + new.id, new.name || ' ' || coalesce(new.role, '') || ' ' || coalesce(new.via, '') || ' ' || coalesce(new.background, '') || ' ' || new.tags, 'contact'); END;

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
