-- What came of the acts of operators. The command side records that they were decided; whether there was still
-- anything to decide is known here alone.

CREATE TABLE operator_act (
    position   bigint      PRIMARY KEY,
    act        text        NOT NULL CHECK (act IN ('swap', 'cancel', 'retry', 'discard')),
    rebuild_id uuid,
    projection text,
    subject_id uuid,
    actor      text        NOT NULL,
    at         timestamptz NOT NULL,
    outcome    text        NOT NULL,
    CHECK (CASE WHEN rebuild_id IS NULL THEN projection IS NOT NULL AND subject_id IS NOT NULL
                ELSE projection IS NULL AND subject_id IS NULL END)
);

COMMENT ON COLUMN operator_act.position IS 'Of the act in the log; one that is met again is not obeyed again';

CREATE INDEX operator_act_rebuild ON operator_act (rebuild_id, position) WHERE rebuild_id IS NOT NULL;
CREATE INDEX operator_act_letter ON operator_act (projection, position) WHERE projection IS NOT NULL;
