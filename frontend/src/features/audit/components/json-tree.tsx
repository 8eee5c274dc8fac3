import classes from './audit-page.module.css';

/** Stored JSON as it is, one field a line. */
export function JsonTree({ value }: { value: unknown }) {
  if (value === null || typeof value !== 'object')
    return <span data-type={typeof value}>{JSON.stringify(value)}</span>;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return <span>{Array.isArray(value) ? '[]' : '{}'}</span>;
  return (
    <ul className={classes.tree}>
      {entries.map(([key, inner]) => (
        <li key={key}>
          <span className={classes.treeKey}>{key}</span> <JsonTree value={inner} />
        </li>
      ))}
    </ul>
  );
}
