import { useRouter } from '@tanstack/react-router';
import { ErrorState } from '@/components/ui/states';

/** A page that could not be shown: no answer from the server, or a mistake of ours. */
export function Crashed({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return (
    <main>
      <ErrorState
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
