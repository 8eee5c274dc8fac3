import { Button, Checkbox } from '@mantine/core';
import { IconDatabaseOff, IconHistory, IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import type { Projection } from '@/api/types';
import { useProjections } from '../api/system';
import { useDuration } from '../durations';
import { RequestRebuild } from './request-rebuild';
import { StaleNote } from './stale-note';
import classes from './projections-table.module.css';

/** Every read model: how far it is, what it could not take in, and its rebuild. */
export function ProjectionsTable() {
  const { t } = useTranslation();
  const projections = useProjections();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);

  if (projections.isPending) return <RowSkeletons count={5} />;
  if (projections.error && !projections.data)
    return <ErrorState error={projections.error} onRetry={() => void projections.refetch()} />;
  const all = projections.data;
  if (all.length === 0)
    return (
      <EmptyState icon={<IconDatabaseOff size={28} stroke={1.5} />} title={t('system.noProjections')}>
        {t('system.noProjectionsLead')}
      </EmptyState>
    );

  const names = all.filter(({ rebuildable }) => rebuildable).map(({ name }) => name);
  const picked = names.filter((name) => chosen.has(name));
  const isShared = new Set(all.flatMap(({ instance }) => instance ?? [])).size > 1;
  const everything = picked.length === 0 || picked.length === names.length;
  const toggle = (name: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });

  return (
    <>
      <StaleNote query={projections} />
      <div className={classes.toolbar}>
        <Checkbox
          size="md"
          className={classes.all}
          label={t('system.chooseAll')}
          checked={picked.length === names.length}
          indeterminate={picked.length > 0 && picked.length < names.length}
          onChange={(event) => setChosen(new Set(event.currentTarget.checked ? names : []))}
        />
        <Button
          component={Link}
          to="/system/rebuilds"
          variant="default"
          leftSection={<IconHistory size={18} />}
          className={classes.past}
        >
          {t('system.allRebuilds')}
        </Button>
        <Button leftSection={<IconRefresh size={18} />} onClick={() => setAsking(true)}>
          {everything ? t('system.rebuildAll') : t('system.rebuildChosen', { count: picked.length })}
        </Button>
      </div>
      {/* a table by its roles: a phone lays the rows out as cards, which table elements do not survive everywhere */}
      <div className={classes.table} role="table" aria-label={t('system.projections')}>
        <div role="rowgroup" className={classes.titles}>
          <div role="row" className={classes.row}>
            <div role="columnheader">{t('system.name')}</div>
            <div role="columnheader">{t('system.state')}</div>
            <div role="columnheader" className={classes.number}>
              {t('system.position')}
            </div>
            <div role="columnheader" className={classes.number}>
              {t('system.lag')}
            </div>
            <div role="columnheader" className={classes.number}>
              {t('system.deadLetters')}
            </div>
            <div role="columnheader" className={classes.number}>
              {t('system.generation')}
            </div>
          </div>
        </div>
        <div role="rowgroup" className={classes.rows}>
          {all.map((projection) => (
            <Row
              key={projection.name}
              projection={projection}
              isShared={isShared}
              chosen={chosen.has(projection.name)}
              onChoose={() => toggle(projection.name)}
            />
          ))}
        </div>
      </div>
      <RequestRebuild
        opened={asking}
        projections={everything ? names : picked}
        everything={everything && names.length > 1}
        onClose={() => setAsking(false)}
        onRequested={() => setChosen(new Set())}
      />
    </>
  );
}

function Row({
  projection,
  isShared,
  chosen,
  onChoose,
}: {
  projection: Projection;
  /** Whether several instances project, so that it matters which one it is. */
  isShared: boolean;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat();
  const duration = useDuration();
  const { name, state, instance, position, head, rebuild } = projection;
  const states: Record<string, string> = {
    running: t('system.running'),
    'catching-up': t('system.catchingUp'),
    failed: t('system.failed'),
    stopped: t('system.stopped'),
  };
  const share = head > 0 ? Math.min(1, position / head) : 1;
  return (
    <div role="row" className={classes.row} data-chosen={chosen || undefined}>
      <div role="rowheader" className={classes.name}>
        {projection.rebuildable ? (
          <Checkbox
            size="md"
            className={classes.choose}
            label={name}
            aria-label={t('system.choose', { name })}
            checked={chosen}
            onChange={onChoose}
          />
        ) : (
          <span className={classes.plain}>
            {name}
            <span>{t('system.control')}</span>
          </span>
        )}
      </div>
      <div role="cell" className={classes.states}>
        <span className={classes.state} data-state={state}>
          {states[state] ?? state}
        </span>
        {isShared && instance && (
          <span className={classes.instance}>{t('system.instance', { instance })}</span>
        )}
        {rebuild && (
          <Link
            to="/system/rebuilds"
            className={classes.link}
            aria-label={t('system.rebuildOf', { name, state: t(`rebuild.state.${rebuild.state}`) })}
          >
            <IconRefresh size={15} aria-hidden />
            {t(`rebuild.state.${rebuild.state}`)}
          </Link>
        )}
      </div>
      <div role="cell" className={classes.number} data-label={t('system.position')}>
        <span className="num">
          {number.format(position)} / {number.format(head)}
        </span>
        <span
          className={classes.meter}
          role="progressbar"
          aria-label={t('system.positionOf', { name })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(share * 100)}
        >
          <span style={{ width: `${share * 100}%` }} />
        </span>
      </div>
      <div role="cell" className={classes.number} data-label={t('system.lag')}>
        {projection.lagEvents > 0 ? (
          <span className="num">
            {t('system.lagValue', {
              count: projection.lagEvents,
              formatted: number.format(projection.lagEvents),
              time: duration(projection.lagSeconds),
            })}
          </span>
        ) : (
          <span className={classes.quiet}>{t('system.notBehind')}</span>
        )}
      </div>
      <div role="cell" className={classes.number} data-label={t('system.deadLetters')}>
        <Letters projection={projection} />
      </div>
      <div role="cell" className={classes.number} data-label={t('system.generation')}>
        <span className="num">{projection.generation}</span>
      </div>
      {projection.error && (
        <div role="cell" aria-colspan={6} className={classes.error}>
          {projection.error}
        </div>
      )}
    </div>
  );
}

function Letters({
  projection: { name, rebuildable, deadLetters, discardedLetters },
}: {
  projection: Projection;
}) {
  const { t } = useTranslation();
  if (deadLetters + discardedLetters === 0) return <span className={classes.quiet}>{t('system.none')}</span>;
  const parked = deadLetters > 0 && t('system.parked', { count: deadLetters });
  const discarded = discardedLetters > 0 && t('system.discarded', { count: discardedLetters });
  if (!rebuildable) return <span>{parked}</span>;
  return (
    <Link
      to="/system/projections/$name/dead-letters"
      params={{ name } as never}
      className={`${classes.link} ${classes.letters}`}
      aria-label={`${t('system.parkedOf', { name })}: ${[parked, discarded].filter(Boolean).join(', ')}`}
    >
      {parked && <span data-bad>{parked}</span>}
      {discarded && <span>{discarded}</span>}
    </Link>
  );
}
