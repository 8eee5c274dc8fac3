const typedIn = new Set<HTMLInputElement | HTMLTextAreaElement>();

document.addEventListener(
  'input',
  ({ target }) => {
    for (const field of typedIn) if (!field.isConnected) typedIn.delete(field);
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) typedIn.add(target);
  },
  true,
);

/**
 * Whether something was typed into this page that a reload would take away. What is in the address, or kept as a draft
 * (`data-kept` on the form), is there again afterwards.
 */
export function holdsTyped(): boolean {
  return [...typedIn].some(
    (field) => field.isConnected && field.value !== '' && !field.closest('[data-kept], [role=search]'),
  );
}
