import { Alert, Button, ColorInput, Group, Modal, Stack, TextInput } from '@mantine/core';
import { toast } from '@/components/ui/toast';
import { IconArchive, IconPencil, IconPlus, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { categoriesQuery } from '@/api/categories';
import { isProblem, Problem } from '@/api/problem';
import { useAsOf } from '@/lib/as-of';
import { CategoryIcon } from '@/components/ui/category-icon';
import { Changing } from '@/components/ui/changing';
import { IncompleteNotice } from '@/components/ui/incomplete-notice';
import { Page } from '@/components/ui/page';
import { EmptyState, ErrorState, RowSkeletons, useProblemText } from '@/components/ui/states';
import { CATEGORY_ICONS, type Category, type CategoryContent } from '@/api/types';
import { useArchiveCategory, useSaveCategory } from '../api/save-category';
import classes from './categories-page.module.css';

const SWATCHES = [
  '#C2410C',
  '#B45309',
  '#4D7C0F',
  '#0F766E',
  '#0E7490',
  '#1D4ED8',
  '#7E22CE',
  '#BE185D',
  '#9F1239',
  '#57534E',
];

export function CategoriesPage() {
  const { t } = useTranslation();
  const categories = useQuery(categoriesQuery(useAsOf()));
  const problemText = useProblemText();
  const [editing, setEditing] = useState<Category | 'new'>();
  const archive = useArchiveCategory();
  const active = categories.data?.items.filter((category) => !category.archived) ?? [];
  const archived = categories.data?.items.filter((category) => category.archived) ?? [];
  return (
    <Page
      title={t('nav.categories')}
      lead={t('categories.lead')}
      width="text"
      actions={
        <Changing>
          <Button leftSection={<IconPlus size={18} />} onClick={() => setEditing('new')}>
            {t('categories.add')}
          </Button>
        </Changing>
      }
    >
      <IncompleteNotice of={[categories.data]} kind="changes" />
      {categories.isPending ? (
        <RowSkeletons count={7} />
      ) : categories.error ? (
        <ErrorState error={categories.error} onRetry={() => void categories.refetch()} />
      ) : active.length === 0 ? (
        <EmptyState icon={<IconTags size={28} stroke={1.5} />} title={t('categories.emptyTitle')}>
          {t('categories.emptyLead')}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {active.map((category) => (
            <li key={category.id} className={classes.row}>
              <CategoryIcon category={category} size={40} />
              <span className={classes.name}>{category.name}</span>
              <Changing>
                <Button
                  variant="subtle"
                  color="gray"
                  leftSection={<IconPencil size={17} />}
                  onClick={() => setEditing(category)}
                  aria-label={t('categories.editNamed', { name: category.name })}
                >
                  {t('expense.amend')}
                </Button>
              </Changing>
              <Changing>
                <Button
                  variant="subtle"
                  color="gray"
                  px={12}
                  aria-label={t('categories.archiveNamed', { name: category.name })}
                  loading={archive.isPending && archive.variables?.id === category.id}
                  onClick={() =>
                    archive.mutate(category, {
                      onSuccess: () =>
                        toast.show({ message: t('categories.archived', { name: category.name }) }),
                      onError: (error) => toast.show({ color: 'red', message: problemText(error) }),
                    })
                  }
                >
                  <IconArchive size={18} />
                </Button>
              </Changing>
            </li>
          ))}
        </ul>
      )}
      {archived.length > 0 && (
        <>
          <h2 className={classes.heading}>{t('categories.archivedTitle')}</h2>
          <p className={classes.note}>{t('categories.archivedLead')}</p>
          <ul className={classes.list}>
            {archived.map((category) => (
              <li key={category.id} className={classes.row}>
                <CategoryIcon category={category} size={40} />
                <span className={classes.name}>{category.name}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {editing && (
        <CategoryDialog
          key={editing === 'new' ? 'new' : editing.id}
          category={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}

function CategoryDialog({ category, onClose }: { category?: Category; onClose: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const save = useSaveCategory();
  const [content, setContent] = useState<CategoryContent>({
    name: category?.name ?? '',
    colour: category?.colour ?? SWATCHES[0]!,
    icon: category?.icon ?? CATEGORY_ICONS[0],
  });
  const [missing, setMissing] = useState(false);
  const problem = save.error instanceof Problem ? save.error : undefined;
  const beside = (field: string) => problem?.errors.find((error) => error.field === field)?.message;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!content.name.trim()) return setMissing(true);
    save.mutate(
      { before: category, content: { ...content, name: content.name.trim() } },
      { onSuccess: onClose },
    );
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={category ? t('categories.editTitle') : t('categories.add')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {problem && problem.errors.length === 0 && (
            <Alert color="tomato" variant="light" role="alert">
              {isProblem(problem, 'stale-version') ? t('categories.stale') : problemText(problem)}
            </Alert>
          )}
          <Group wrap="nowrap" align="flex-end">
            <CategoryIcon category={content} size={48} />
            <TextInput
              label={t('categories.name')}
              style={{ flex: 1 }}
              data-autofocus
              value={content.name}
              maxLength={60}
              onChange={(event) => {
                setMissing(false);
                setContent({ ...content, name: event.currentTarget.value });
              }}
              error={missing ? t('form.required') : beside('name')}
            />
          </Group>
          <ColorInput
            label={t('categories.colour')}
            size="md"
            format="hex"
            swatches={SWATCHES}
            swatchesPerRow={10}
            value={content.colour}
            onChange={(colour) => setContent({ ...content, colour })}
            error={beside('colour')}
            eyeDropperButtonProps={{ 'aria-label': t('categories.pick') }}
          />
          <fieldset className={classes.icons}>
            <legend>{t('categories.icon')}</legend>
            {CATEGORY_ICONS.map((icon) => (
              <label key={icon} className={classes.icon}>
                <input
                  type="radio"
                  name="icon"
                  value={icon}
                  checked={content.icon === icon}
                  onChange={() => setContent({ ...content, icon })}
                  aria-label={icon.replaceAll('-', ' ')}
                />
                <CategoryIcon category={{ icon, colour: content.colour }} size={40} />
              </label>
            ))}
          </fieldset>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
