/** The printed codes and the address from outside, as the provider has them now; asked when the page opens and after each change. */
import { useEffect, useState } from 'react';
import type { SignsView } from '../../app/till/settings.ts';
import { useAsking, useSettings } from './use-section.ts';

type SignRequest =
  | { readonly type: 'signs' | 'put-sign' | 'delete-sign' }
  | { readonly type: 'save-redirect'; readonly id: string; readonly redirectUrl: string; readonly isNew: boolean }
  | { readonly type: 'delete-redirect'; readonly id: string };

export function useSigns() {
  const { link, texts } = useSettings();
  const [signs, setSigns] = useState<SignsView | null>(null);
  const asking = useAsking();
  useEffect(() => {
    let stopped = false;
    link.ask({ type: 'signs' }).then(
      (answer) => {
        if (!stopped && answer.ok && answer.type === 'signs') setSigns(answer.signs);
      },
      () => {},
    );
    return () => {
      stopped = true;
    };
  }, [link]);
  /** `false` when it was refused. `done` is said when it was not. */
  const change = async (request: SignRequest, done = ''): Promise<boolean> => {
    const answer = await asking.ask(request, texts.signs.loading);
    if (answer?.ok !== true || answer.type !== 'signs') return false;
    setSigns(answer.signs);
    asking.setSaid(done === '' ? null : { tone: 'good', field: null, message: done });
    return true;
  };
  return { ...asking, signs, change };
}
