import classes from './audit-page.module.css';

interface Props {
  value: unknown;
  /** The filter that a value stands for, where it stands for one. */
  onPick?: (name: string, value: string) => (() => void) | undefined;
  /** What a click on such a value does, in words. */
  pickLabel?: string;
  name?: string;
}

/** JSON as it is, one field a line. */
export function JsonTree({ value, onPick, pickLabel, name = '' }: Props) {
  if (value === null || typeof value !== 'object') {
    const pick = typeof value === 'string' ? onPick?.(name, value) : undefined;
    return pick ? (
      <button type="button" className={classes.treeValue} title={pickLabel} onClick={pick}>
        {JSON.stringify(value)}
      </button>
    ) : (
      <span data-type={typeof value}>{JSON.stringify(value)}</span>
    );
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return <span>{Array.isArray(value) ? '[]' : '{}'}</span>;
  return (
    <ul className={classes.tree}>
      {entries.map(([key, inner]) => (
        <li key={key}>
          <span className={classes.treeKey}>{key}</span>{' '}
          <JsonTree value={inner} name={key} onPick={onPick} pickLabel={pickLabel} />
        </li>
      ))}
    </ul>
  );
}
