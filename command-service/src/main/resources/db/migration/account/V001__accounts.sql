-- The account directory: what people are called, how they sign in, which sessions live. None of it is in the log;
-- roles and status repeat what the log says (credential.version tells up to which event).

CREATE TABLE account.credential (
    id                    uuid        PRIMARY KEY,
    email                 text        NOT NULL CONSTRAINT credential_email UNIQUE,
    display_name          text        NOT NULL,
    password_hash         text        NOT NULL,
    status                text        NOT NULL CHECK (status IN ('PENDING', 'ACTIVE', 'DISABLED')),
    first_administrator   boolean     NOT NULL,
    currency              text        NOT NULL,
    zone                  text        NOT NULL,
    registered_at         timestamptz NOT NULL,
    version               bigint      NOT NULL CHECK (version >= -1),
    next_password_hash    text,
    next_password_version bigint,
    next_password_session uuid,
    next_password_at      timestamptz
);

COMMENT ON COLUMN account.credential.email IS 'Normalised: NFC, lower case';
COMMENT ON COLUMN account.credential.password_hash IS 'Argon2id in its own notation, parameters and salt included';
COMMENT ON COLUMN account.credential.status IS 'PENDING until its registration is in the log; a sign-in completes it';
COMMENT ON COLUMN account.credential.first_administrator IS 'Made by the set-up: registers as administrator, not as member';
COMMENT ON COLUMN account.credential.version IS 'Sequence of the last event of the account that this row reflects, -1 before the first';
COMMENT ON COLUMN account.credential.next_password_hash IS 'Becomes the password once PasswordChanged is in the log with the sequence next_password_version';
COMMENT ON COLUMN account.credential.next_password_session IS 'The session that changes the password: the only one that survives';

CREATE TABLE account.account_role (
    account_id uuid NOT NULL REFERENCES account.credential (id),
    role       text NOT NULL CHECK (role IN ('MEMBER', 'AUDITOR', 'ADMIN')),
    PRIMARY KEY (account_id, role)
);

CREATE TABLE account.session (
    id         uuid        PRIMARY KEY,
    account_id uuid        NOT NULL REFERENCES account.credential (id),
    client     text        NOT NULL CHECK (client IN ('web', 'api')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);

CREATE INDEX session_account ON account.session (account_id);
CREATE INDEX session_expires ON account.session (expires_at);

CREATE TABLE account.refresh_token (
    hash       text        PRIMARY KEY,
    session_id uuid        NOT NULL REFERENCES account.session (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    used_at    timestamptz
);

COMMENT ON TABLE account.refresh_token IS 'Every token of a session; one that is used twice ends the session';
COMMENT ON COLUMN account.refresh_token.hash IS 'SHA-256 of the token, hexadecimal; the token itself is kept nowhere';

CREATE INDEX refresh_token_session ON account.refresh_token (session_id);
CREATE INDEX refresh_token_used ON account.refresh_token (used_at) WHERE used_at IS NOT NULL;

CREATE TABLE account.signing_key (
    key_id      text        PRIMARY KEY,
    public_key  bytea       NOT NULL,
    private_key bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    signs_from  timestamptz NOT NULL,
    not_after   timestamptz
);

COMMENT ON COLUMN account.signing_key.public_key IS 'X.509 SubjectPublicKeyInfo';
COMMENT ON COLUMN account.signing_key.private_key IS 'PKCS#8, AES-256-GCM under the master key: nonce, ciphertext, tag';
COMMENT ON COLUMN account.signing_key.signs_from IS 'Published before it signs, so that every verifier knows it by then';
COMMENT ON COLUMN account.signing_key.not_after IS 'When nothing it signed is valid any more; then it is deleted';

CREATE TABLE account.revocation (
    id uuid        PRIMARY KEY,
    at timestamptz NOT NULL
);

COMMENT ON TABLE account.revocation IS 'Access tokens of this session or account, issued at or before this moment, are refused';

CREATE INDEX revocation_at ON account.revocation (at);

CREATE TABLE account.setup_token (
    hash       text        PRIMARY KEY,
    created_at timestamptz NOT NULL,
    used_at    timestamptz
);

COMMENT ON TABLE account.setup_token IS 'Lets whoever installed the product make the first administrator, once';
COMMENT ON COLUMN account.setup_token.hash IS 'SHA-256 of the token, hexadecimal';

GRANT USAGE ON SCHEMA account TO "${commandRole}";
GRANT SELECT, INSERT, UPDATE ON account.credential TO "${commandRole}";
GRANT SELECT, INSERT, DELETE ON account.account_role TO "${commandRole}";
GRANT SELECT, INSERT, UPDATE, DELETE
    ON account.session, account.refresh_token, account.signing_key, account.revocation, account.setup_token
    TO "${commandRole}";
