import {
  Component,
  createElement,
  lazy,
  Suspense,
  useState,
  type ComponentType,
  type FunctionComponent,
  type ReactNode,
} from 'react';
import { MissingCode, type Look } from './missing-code';

type Load<P> = () => Promise<ComponentType<P>>;

interface OnDemand<P> extends FunctionComponent<P> {
  /** Fetches the code before it is wanted. Should it not come, it is asked for again then, and whoever wants it hears why. */
  preload: () => Promise<void>;
}

class Missing extends Error {
  constructor(cause: unknown) {
    super('Some code of this page did not load', { cause });
  }

  /** A style sheet that failed stands in the page as if it were there: only another page asks for it again. */
  get final(): boolean {
    return this.cause instanceof Error && this.cause.message.includes('CSS');
  }
}

/**
 * A part of the application whose code arrives when it is wanted. Where it cannot be had, the part says so in its own place,
 * and everything around it stays as it is. A part that opens over the page has an `onClose`.
 */
export function onDemand<P extends object>(load: Load<P>, look: Look, fallback?: ReactNode): OnDemand<P> {
  let code: ComponentType<P> | undefined;
  let asked: Promise<ComponentType<P>> | undefined;
  const ask = () =>
    (asked ??= load().then(
      (it) => (code = it),
      (cause: unknown) => {
        throw new Missing(cause);
      },
    ));
  const later = () => lazy(async () => ({ default: (await ask()) as FunctionComponent<P> }));
  let pending = later();
  const forget = () => {
    asked = undefined;
    pending = later();
  };

  function Part(props: P) {
    // one that was waited for does not become another one when it is there
    const [it] = useState<ComponentType<P>>(() => code ?? pending);
    return createElement(it, props);
  }

  function Whole(props: P & { opened?: boolean; onClose?: () => void }) {
    return (
      <Boundary look={look} opened={props.opened ?? true} onClose={props.onClose} forget={forget}>
        <Suspense fallback={fallback}>
          <Part {...props} />
        </Suspense>
      </Boundary>
    );
  }
  Whole.preload = () => ask().then(() => undefined, forget);
  return Whole;
}

interface BoundaryProps {
  look: Look;
  opened: boolean;
  onClose?: () => void;
  forget: () => void;
  children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { error?: unknown }> {
  state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  componentDidUpdate(before: BoundaryProps) {
    if (this.state.error && this.props.opened && !before.opened) this.retry();
  }

  retry = () => {
    const { error } = this.state;
    if (error instanceof Missing && !error.final) this.props.forget();
    this.setState({ error: undefined });
  };

  render() {
    const { error } = this.state;
    const { look, opened, onClose, children } = this.props;
    if (!error) return children;
    if (!(error instanceof Missing)) throw error;
    return opened && <MissingCode look={look} onRetry={this.retry} onClose={onClose} />;
  }
}
