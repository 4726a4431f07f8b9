/** What the provider will not send back: a manager has it paid out from the drawer. */
import { fill } from '../../app/text/screen.ts';
import { Approve } from './approve.tsx';
import { TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

export function PayPartOut({ partNo }: { readonly partNo: number }) {
  const { till, view, texts, money, state } = useTill();
  const { stage } = view;
  const part = stage.kind === 'return' ? stage.parts.find((each) => each.partNo === partNo) : undefined;
  if (part === undefined) return null;
  const close = () => till.open(TILES);
  return (
    <PaneFrame title={texts.returns.approve.title} back={texts.returns.approve.no} onBack={close}>
      <Approve
        why={texts.returns.approve.payOutWhy}
        yes={fill(texts.returns.approve.payOut, { amount: money(part.amountOre) })}
        busy={[...state.underWay].some((key) => key.includes('"pay-part-out"'))}
        onApprove={async (approval) => {
          const answer = await till.send({ type: 'pay-part-out', partNo, approval });
          if (answer.ok === true) close();
          return answer.ok === true;
        }}
        onBack={close}
      />
    </PaneFrame>
  );
}
