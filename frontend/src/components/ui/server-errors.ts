import { useEffect } from 'react';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import type { Problem } from '@/api/problem';

/** Puts what the server refused beside the fields it named ("tags[0]" belongs to tags). */
export function useServerErrors<T extends FieldValues>(
  problem: Problem | undefined,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): void {
  useEffect(() => {
    let first = true;
    for (const { field, message } of problem?.errors ?? []) {
      const name = fields.find((candidate) => candidate === field || candidate === field.split(/[.[]/)[0]);
      if (!name) continue;
      const sentence = message.charAt(0).toUpperCase() + message.slice(1);
      setError(name, { type: 'server', message: sentence }, { shouldFocus: first });
      first = false;
    }
  }, [problem, fields, setError]);
}
