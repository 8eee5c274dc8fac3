import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackLink, Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons } from '@/components/ui/states';
import { useDecideRebuild, useRebuilds } from '../api/rebuilds';
import { inOrder } from '../rebuild-states';
import { FinishedRebuild } from './finished-rebuild';
import { OpenRebuild } from './open-rebuild';
import { ReasonDialog } from './reason-dialog';
import { StaleNote } from './stale-note';
import classes from './rebuilds-page.module.css';

export type Decision = 'swap' | 'keep' | 'cancel';

/** Rebuilds under way with their progress and the decisions they wait for, and what became of earlier ones. */
export function RebuildsPage() {
  const { t } = useTranslation();
  const rebuilds = useRebuilds();
  const decide = useDecideRebuild();
  const [asked, setAsked] = useState<{ id: string; decision: Decision; comparedAt: number }>();
  const [opened, setOpened] = useState(false);
  const { open, over } = useMemo(
    () => inOrder(rebuilds.data?.pages.flatMap((page) => page.items) ?? []),
    [rebuilds.data],
  );

  // one that ends while somebody looks at it is announced; what had the focus went with its card
  const [ended, setEnded] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const watched = useRef<readonly string[]>([]);
  useEffect(() => {
    const found = over.find(({ id }) => watched.current.includes(id));
    if (found) {
      setEnded(`${found.projections.join(', ')}: ${t(`rebuild.state.${found.state}`)}`);
      if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    }
    watched.current = open.map(({ id }) => id);
  }, [open, over, t]);

  const close = () => {
    setOpened(false);
    decide.reset();
  };
  const words = {
    swap: {
      title: t('rebuild.swapTitle'),
      lead: t('rebuild.swapLead'),
      submit: t('rebuild.swapSubmit'),
      back: t('rebuild.back'),
    },
    keep: {
      title: t('rebuild.keepTitle'),
      lead: t('rebuild.keepLead'),
      submit: t('rebuild.keepSubmit'),
      back: t('rebuild.back'),
    },
    cancel: {
      title: t('rebuild.cancelTitle'),
      lead: t('rebuild.cancelLead'),
      submit: t('rebuild.cancelSubmit'),
      back: t('rebuild.keepGoing'),
    },
  }[asked?.decision ?? 'cancel'];

  return (
    <Page
      above={<BackLink to="/system">{t('nav.system')}</BackLink>}
      title={t('nav.rebuilds')}
      lead={t('rebuild.lead')}
    >
      <p className="sr" role="status">
        {ended}
      </p>
      {rebuilds.isPending ? (
        <RowSkeletons count={4} />
      ) : rebuilds.error && !rebuilds.data ? (
        <ErrorState error={rebuilds.error} onRetry={() => void rebuilds.refetch()} />
      ) : open.length + over.length === 0 ? (
        <EmptyState
          icon={<IconRefresh size={28} stroke={1.5} />}
          title={t('rebuild.emptyTitle')}
          actions={
            <Button component={Link} to="/system">
              {t('rebuild.toSystem')}
            </Button>
          }
        >
          {t('rebuild.emptyLead')}
        </EmptyState>
      ) : (
        <>
          <StaleNote query={rebuilds} />
          <h2 className={classes.heading} ref={heading} tabIndex={-1}>
            {t('rebuild.underway')}
          </h2>
          {open.length === 0 ? (
            <p className={classes.nothing}>
              {t('rebuild.nothingOpen')} <Link to="/system">{t('rebuild.toSystem')}</Link>
            </p>
          ) : (
            <ul className={classes.list}>
              {open.map((rebuild) => (
                <OpenRebuild
                  key={rebuild.id}
                  known={rebuild}
                  onDecide={(decision, comparedAt) => {
                    setAsked({ id: rebuild.id, decision, comparedAt });
                    setOpened(true);
                  }}
                />
              ))}
            </ul>
          )}
          {over.length > 0 && (
            <>
              <h2 className={classes.heading}>{t('rebuild.over')}</h2>
              <ul className={classes.list}>
                {over.map((rebuild) => (
                  <FinishedRebuild key={rebuild.id} rebuild={rebuild} />
                ))}
              </ul>
            </>
          )}
          {rebuilds.hasNextPage && (
            <Button
              mt="md"
              variant="default"
              loading={rebuilds.isFetchingNextPage}
              onClick={() => void rebuilds.fetchNextPage()}
            >
              {t('rebuild.older')}
            </Button>
          )}
        </>
      )}
      <ReasonDialog
        opened={opened}
        title={words.title}
        submit={words.submit}
        back={words.back}
        pending={decide.isPending}
        error={decide.error}
        onClose={close}
        onSubmit={(reason) =>
          asked &&
          decide.mutate(
            { ...asked, decision: asked.decision === 'swap' ? 'swap' : 'cancel', reason },
            { onSuccess: close },
          )
        }
      >
        <p className={classes.words}>{words.lead}</p>
      </ReasonDialog>
    </Page>
  );
}
