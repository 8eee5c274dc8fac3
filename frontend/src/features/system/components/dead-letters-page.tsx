import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/accounts';
import type { DeadLetters } from '@/api/types';
import { BackLink, Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import { formatInstant } from '@/lib/dates';
import { useDeadLetters, useDecideLetter, type LetterAct } from '../api/dead-letters';
import { useProjections } from '../api/system';
import { groupsOf, type LetterGroup } from '../letter-groups';
import { ReasonDialog } from './reason-dialog';
import { RequestRebuild } from './request-rebuild';
import { StaleNote } from './stale-note';
import classes from './dead-letters-page.module.css';

interface Asked {
  act: LetterAct;
  group: LetterGroup;
  /** Position of the last act that was known by then. */
  after: number;
}

/** What one read model could not take in, by subject, and what to do about it. */
export function DeadLettersPage() {
  const { name = '' }: { name?: string } = useParams({ strict: false });
  return <LettersOf key={name} name={name} />;
}

function LettersOf({ name }: { name: string }) {
  const { t } = useTranslation();
  const letters = useDeadLetters(name);
  const decide = useDecideLetter();
  const [asked, setAsked] = useState<Asked>();
  const [opened, setOpened] = useState(false);
  const [rebuilding, setRebuilding] = useState(false);
  // decided here and not yet seen in an answer, by subject
  const [waiting, setWaiting] = useState<ReadonlyMap<string, Asked>>(new Map());
  const [failedAgain, setFailedAgain] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');

  const groups = groupsOf(letters.data?.items ?? []);
  const parked = groups.filter(({ discarded }) => !discarded);
  const discarded = groups.filter((group) => group.discarded);

  const answered = letters.data;
  useEffect(() => {
    if (!answered || waiting.size === 0) return;
    const still = new Map(waiting);
    for (const [subjectId, { act, group, after }] of waiting) {
      const done = answered.acts.find(
        (one) => one.subjectId === subjectId && one.act === act && one.position > after,
      );
      if (!done) continue;
      if (done.outcome === 'failed-again') setFailedAgain((all) => new Set(all).add(subjectId));
      const subject = `${group.subjectType} ${short(subjectId)}`;
      setSaid(t(`letters.said.${done.outcome}`, { subject, name }));
      still.delete(subjectId);
    }
    if (still.size < waiting.size) setWaiting(still);
  }, [answered, waiting, name, t]);

  const ask = (act: LetterAct, group: LetterGroup) => {
    setAsked({ act, group, after: letters.data?.acts[0]?.position ?? 0 });
    setOpened(true);
  };
  const close = () => {
    setOpened(false);
    decide.reset();
  };

  return (
    <Page
      above={<BackLink to="/system">{t('nav.system')}</BackLink>}
      title={t('letters.title', { name })}
      lead={t('letters.lead')}
    >
      <OtherProjections current={name} />
      <p className="sr" role="status">
        {said}
      </p>
      {letters.isPending ? (
        <RowSkeletons count={4} />
      ) : letters.error && !letters.data ? (
        <ErrorState error={letters.error} onRetry={() => void letters.refetch()} />
      ) : (
        <>
          <StaleNote query={letters} />
          {parked.length === 0 ? (
            <EmptyState icon={<IconCircleCheck size={28} stroke={1.5} />} title={t('letters.emptyTitle')}>
              {discarded.length > 0 ? t('letters.emptyButDiscarded') : t('letters.emptyLead')}
            </EmptyState>
          ) : (
            <>
              <h2 className="sr">{t('letters.parkedTitle')}</h2>
              <ul className={classes.groups}>
                {parked.map((group) => (
                  <Group
                    key={group.subjectId}
                    group={group}
                    waiting={waiting.get(group.subjectId)?.act}
                    failedAgain={failedAgain.has(group.subjectId)}
                    onAsk={(act) => ask(act, group)}
                  />
                ))}
              </ul>
            </>
          )}
          {letters.data.more && <p className={classes.more}>{t('letters.more')}</p>}
          {discarded.length > 0 && (
            <section className={classes.discarded}>
              <div className={classes.discardedHead}>
                <div>
                  <h2>{t('letters.discardedTitle')}</h2>
                  <p>{t('letters.discardedLead', { name })}</p>
                </div>
                <Button
                  variant="default"
                  aria-label={t('letters.rebuildNamed', { name })}
                  onClick={() => setRebuilding(true)}
                >
                  {t('letters.rebuild')}
                </Button>
              </div>
              <ul className={classes.groups}>
                {discarded.map((group) => (
                  <Group key={group.subjectId} group={group} />
                ))}
              </ul>
            </section>
          )}
          <Acts acts={letters.data.acts} />
        </>
      )}
      <ReasonDialog
        opened={opened}
        title={asked?.act === 'discard' ? t('letters.discardTitle') : t('letters.retryTitle')}
        submit={asked?.act === 'discard' ? t('letters.discardSubmit') : t('letters.retrySubmit')}
        pending={decide.isPending}
        error={decide.error}
        onClose={close}
        onSubmit={(reason) =>
          asked &&
          decide.mutate(
            { projection: name, subjectId: asked.group.subjectId, act: asked.act, reason },
            {
              onSuccess: () => {
                const { subjectId } = asked.group;
                setFailedAgain((all) => new Set([...all].filter((id) => id !== subjectId)));
                setWaiting((all) => new Map(all).set(subjectId, asked));
                close();
              },
            },
          )
        }
      >
        {asked && (
          <p className={classes.asked}>
            <strong>{asked.group.subjectType}</strong> <code>{asked.group.subjectId}</code>,{' '}
            {t('letters.parkedCount', { count: asked.group.letters.length })}
          </p>
        )}
        <p className={classes.words}>
          {asked?.act === 'discard' ? t('letters.discardLead') : t('letters.retryLead')}
        </p>
      </ReasonDialog>
      <RequestRebuild opened={rebuilding} projections={[name]} onClose={() => setRebuilding(false)} />
    </Page>
  );
}

/** The end of a UUID tells two of them apart; the beginning is the clock. */
function short(id: string): string {
  return `…${id.slice(-8)}`;
}

/** What came of the last acts, also of those that were about nothing by the time they were obeyed. */
function Acts({ acts }: Pick<DeadLetters, 'acts'>) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  if (acts.length === 0) return null;
  return (
    <section className={classes.discarded}>
      <h2 id="acts">{t('letters.actsTitle')}</h2>
      <ul className={classes.past} aria-labelledby="acts">
        {acts.map(({ position, act, subjectId, by, at, outcome }) => (
          <li key={position} data-outcome={outcome}>
            <strong>{t(`letters.outcome.${outcome}`)}</strong> <code>{short(subjectId)}</code>{' '}
            {t(`letters.acted.${act}`, {
              who: accounts.get(by)?.displayName ?? t('history.someone'),
              when: formatInstant(at),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OtherProjections({ current }: { current: string }) {
  const { t } = useTranslation();
  const projections = useProjections();
  const shown = (projections.data ?? []).filter(
    ({ name, deadLetters, discardedLetters }) => name === current || deadLetters + discardedLetters > 0,
  );
  if (shown.length < 2) return null;
  return (
    <nav aria-label={t('letters.which')} className={classes.which}>
      <ul>
        {shown.map(({ name, deadLetters }) => (
          <li key={name}>
            <Link
              to="/system/projections/$name/dead-letters"
              params={{ name } as never}
              aria-current={name === current ? 'page' : undefined}
            >
              {name}{' '}
              <span className="num" aria-hidden>
                {deadLetters}
              </span>
              <span className="sr">{t('system.parked', { count: deadLetters })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface GroupProps {
  group: LetterGroup;
  waiting?: LetterAct;
  failedAgain?: boolean;
  /** Absent where nothing is left to decide. */
  onAsk?: (act: LetterAct) => void;
}

function Group({ group, waiting, failedAgain = false, onAsk }: GroupProps) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat();
  const { subjectType, subjectId, letters } = group;
  const named = `${subjectType} ${short(subjectId)}`;
  const discardedAt = letters.find((letter) => letter.discardedAt)?.discardedAt;
  return (
    <li className={classes.group} data-discarded={group.discarded || undefined}>
      <header className={classes.head}>
        <div className={classes.subject}>
          <h3>{subjectType}</h3>
          <code>{subjectId}</code>
        </div>
        {onAsk &&
          (waiting ? (
            <p className={classes.waiting}>{t(`letters.asked.${waiting}`)}</p>
          ) : (
            <div className={classes.acts}>
              <Button
                variant="default"
                aria-label={`${t('letters.discard')} ${named}`}
                onClick={() => onAsk('discard')}
              >
                {t('letters.discard')}
              </Button>
              <Button aria-label={`${t('letters.retry')} ${named}`} onClick={() => onAsk('retry')}>
                {t('letters.retry')}
              </Button>
            </div>
          ))}
      </header>
      {failedAgain && <p className={classes.again}>{t('letters.failedAgain')}</p>}
      <ol className={classes.letters}>
        {letters.map((letter) => (
          <li key={letter.position} className={classes.letter}>
            <p className={classes.what}>
              <strong>{letter.event}</strong>
              <span>
                {t('letters.sequence')} <span className="num">{number.format(letter.sequence)}</span>
              </span>
              <span>
                {t('letters.position')} <span className="num">{number.format(letter.position)}</span>
              </span>
            </p>
            <p className={classes.error}>{letter.error}</p>
            <p className={classes.when}>
              <span>
                {t('letters.recordedAt')}{' '}
                <time dateTime={letter.recordedAt}>{formatInstant(letter.recordedAt)}</time>
              </span>
              <span>
                {t('letters.parkedAt')}{' '}
                <time dateTime={letter.parkedAt}>{formatInstant(letter.parkedAt)}</time>
              </span>
              <span>
                {letter.retries > 0
                  ? t('letters.retriedTimes', { count: letter.retries })
                  : t('letters.neverRetried')}
              </span>
            </p>
          </li>
        ))}
      </ol>
      {group.discarded && discardedAt && (
        <p className={classes.when}>{t('letters.discardedAt', { when: formatInstant(discardedAt) })}</p>
      )}
    </li>
  );
}
